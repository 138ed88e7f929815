import { subjectAddress, type Address } from '../core/address.ts';
import { listOf, nounCount } from '../core/words.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import type { LiveState } from '../reconcile/state.ts';
import { proposeTargets } from './account-proposals.ts';
import { nameAccounts, type AccountNames } from './account-names.ts';
import { collectKind, leftAloneIn, subjectsReferredTo, type CollectedKind } from './collect-kind.ts';
import { mergePieces, type WrittenEntry } from './entries.ts';
import { isImportable, type InventoryKind, type Section } from './sections.ts';

/** Everything that the file will say. */
export interface CollectedInventory {
  accounts: AccountNames;
  /** The sections that are written, in the order of the file. */
  sections: CollectedSection[];
  /** All kinds, for what is left alone. */
  kinds: CollectedKind[];
  /** Ids of accounts that something is about, and which are not in the organization. */
  foreignAccounts: string[];
  /** Why a section is not written though something of it is live, as sentences. */
  leftOut: string[];
}

/** What is collected of one section. */
export interface CollectedSection {
  section: Section;
  kinds: CollectedKind[];
  entries: WrittenEntry[];
}

/**
 * Sorts out what is live: what the file says, and what it leaves alone. Pure.
 * @param written the sections that are wanted in the file; they are importable.
 */
export function collectInventory(
  sections: readonly Section[],
  live: LiveState,
  { instance, organization }: { instance: { partition: string }; organization: Organization },
  written: ReadonlySet<Section>,
): CollectedInventory {
  const accounts = nameAccounts(organization);
  const propose = proposeTargets(organization, accounts.nameOf);
  const all = sections.flatMap((section) => section.kinds.map((kind) => ({ kind, section })));
  const kindNames = new Set<string>(all.map(({ kind }) => kind.name));
  const referredTo = subjectsReferredTo(
    all.map(({ kind }) => kind),
    live,
  );
  const leftAlone = new Set<Address>();
  const collect = ({ kind, section }: (typeof all)[number]): CollectedKind => {
    const collected = collectKind(kind, section, written.has(section), {
      partition: instance.partition,
      names: { account: accounts.nameOf },
      sortAccounts: accounts.sort,
      proposeTargets: propose,
      live,
      referredTo,
      isMissing: (subject, name) => kindNames.has(subject) && !live.has(subjectAddress(subject, name)),
      isWritten: (subject) => all.some(({ kind: { name }, section: of }) => name === subject && written.has(of)),
      isLeft: (subject, name) =>
        subject === 'account' ? !accounts.isKnown(name) : leftAlone.has(subjectAddress(subject, name)),
    });
    for (const address of leftAloneIn(collected)) leftAlone.add(address);
    return collected;
  };
  // What has a name comes first: what is left alone takes along what refers to it.
  const hasName = ({ kind }: { kind: InventoryKind }): boolean => kind.rename !== undefined;
  const kinds = [...all.filter(hasName).map(collect), ...all.filter((one) => !hasName(one)).map(collect)];

  const parts = sections.map((section): CollectedSection => {
    const own = kinds.filter((one) => one.section === section);
    return { section, kinds: own, entries: mergePieces(own.flatMap(({ importable }) => importable)) };
  });
  const leftOut = new Map<CollectedSection, string>();
  for (const part of parts) {
    const why = written.has(part.section) ? findStuck(part) : findUnwritable(part, live);
    if (why !== undefined) leftOut.set(part, why);
  }
  return {
    accounts,
    sections: parts.filter((part) => written.has(part.section) && !leftOut.has(part) && !isIdle(part)),
    kinds,
    foreignAccounts: [...(referredTo.get('account') ?? [])].filter((id) => !accounts.isKnown(id)).sort(),
    leftOut: [...leftOut].map(
      ([{ section }, why]) => `The section ${section.name} is not written, so idc does not manage it: ${why}.`,
    ),
  };
}

/** Nothing of an optional section is live. */
const isIdle = ({ kinds, entries }: CollectedSection): boolean =>
  entries.length === 0 &&
  kinds.every(({ inventory, left, orphans }) => inventory?.isOptional && left === 0 && orphans.length === 0);

/** Of a section that is wanted, what the file can neither say nor leave alone: a plan would remove it. */
function findStuck({ section, kinds }: CollectedSection): string | undefined {
  const things = kinds.flatMap(({ unimportable }) => unimportable);
  const stuck = things.find(({ name }) => name === undefined || !section.isIgnorable);
  if (stuck) return `${JSON.stringify(stuck.label)} ${stuck.why}`;
  const [ignored] = section.isIgnorable ? [] : kinds.flatMap(({ inventory }) => inventory?.ignored ?? []);
  return ignored && `\`ignore\` has no list for ${JSON.stringify(ignored.pattern)}`;
}

function findUnwritable({ section, kinds }: CollectedSection, live: LiveState): string | undefined {
  if (isImportable(section)) return undefined;
  const counts = kinds.map(({ kind }) => ({ kind, count: live.of(kind.name).length }));
  const present = counts.filter(({ count }) => count > 0).map(({ kind, count }) => nounCount(count, kind.noun));
  return present.length === 0 ? undefined : `\`idc import\` can't write ${listOf(present)}`;
}
