import {
  type AccountCriteria,
  type AccountTarget,
  hasSubUnits,
  isPattern,
  takesByStructure,
  type UnitCriterion,
  unitNameOf,
} from '../../core/account-target.ts';
import { addTo } from '../../core/group-by.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { AwsKind } from '../../kinds/define.ts';
import { kinds } from '../../kinds/index.ts';
import type { CompiledFile } from '../../source/compile.ts';
import type { LimitAt } from './document-limits.ts';
import { grantingEntries } from '../../access/granting-entries.ts';

interface Grant {
  family: string;
  target: AccountTarget;
  at: DocumentPath;
}

/**
 * Entries that will take accounts which they did not take by the file before: by a pattern, a unit, tags or all. A step shows
 * no more than the accounts of today; so what is granted for the first time is told where it takes none of them.
 */
export function targetChanges(before: CompiledFile, now: CompiledFile): LimitAt[] {
  const known = new Map<string, AccountTarget[]>();
  for (const { family, target } of grantsIn(before)) addTo(known, family, target);
  const wider = new Map<string, DocumentPath>();
  for (const { family, target, at } of grantsIn(now)) {
    if (!takesByStructure(target)) continue;
    const old = known.get(family);
    const isTold = old ? atomsOf(target).every((atom) => old.some((one) => covers(one, atom))) : takesAny(now, target);
    if (!isTold) wider.set(stableJson(at), at);
  }
  if (wider.size === 0) return [];
  return grantingEntries(now.loaded.document).flatMap(({ path, what }): LimitAt[] => {
    const [section] = path;
    if (!wider.has(stableJson(path))) return [];
    return [{ key: String(section), before: null, after: what(Infinity), loosens: true, at: path }];
  });
}

function* grantsIn({ loaded }: CompiledFile): Generator<Grant> {
  const sections = new Map<string, unknown>(Object.entries(loaded.document));
  for (const { section, families } of kinds as readonly AwsKind[]) {
    const entries = sections.get(section.name);
    if (entries !== undefined && families) yield* families.inSection(entries);
  }
}

const takesAny = ({ accounts }: CompiledFile, target: AccountTarget): boolean => accounts.idsOf(target).length > 0;

/** One way in which an entry takes accounts by what they are, with all that it leaves out. */
function atomsOf({
  accounts = [],
  organizationalUnits = [],
  accountTags,
  all,
  except,
}: AccountTarget): AccountTarget[] {
  return [
    ...(all ? [{ all }] : []),
    ...accounts.filter(isPattern).map((pattern) => ({ accounts: [pattern] })),
    ...organizationalUnits.map((unit) => ({ organizationalUnits: [unit] })),
    ...(accountTags ? [{ accountTags }] : []),
  ].map((atom) => ({ ...atom, except }));
}

/** True where a target takes every account that another does, as far as they themselves tell. */
function covers(target: AccountTarget, atom: AccountTarget): boolean {
  if (!leavesOutNoMore(target.except ?? {}, atom.except ?? {})) return false;
  if (target.all) return true;
  return (
    isWithin(atom.accounts, target.accounts) &&
    areUnitsWithin(atom.organizationalUnits, target.organizationalUnits) &&
    (atom.accountTags === undefined || hasTags(atom.accountTags, target.accountTags)) &&
    !atom.all
  );
}

const leavesOutNoMore = (one: AccountCriteria, other: AccountCriteria): boolean =>
  isWithin(one.accounts, other.accounts) &&
  areUnitsWithin(one.organizationalUnits, other.organizationalUnits) &&
  (one.accountTags === undefined || (other.accountTags !== undefined && hasTags(one.accountTags, other.accountTags)));

const isWithin = (some: readonly string[] = [], all: readonly string[] = []): boolean =>
  some.every((text) => all.includes(text));

/** A unit with all that is in it has what it has without. */
const areUnitsWithin = (some: readonly UnitCriterion[] = [], all: readonly UnitCriterion[] = []): boolean =>
  some.every((unit) =>
    all.some((other) => unitNameOf(other) === unitNameOf(unit) && (hasSubUnits(other) || !hasSubUnits(unit))),
  );

/** True where an account with these tags has those that are asked for too. */
const hasTags = (tags: Readonly<Record<string, string>>, asked?: Readonly<Record<string, string>>): boolean =>
  asked !== undefined && Object.entries(asked).every(([key, value]) => tags[key] === value);
