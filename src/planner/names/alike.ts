import type { AwsContext } from '../../aws/context.ts';
import { identityFormat, type IdentityDocument } from '../../config/schema/document.ts';
import type { Missing } from '../../config/problems.ts';
import { subjectAddress } from '../../core/address.ts';
import { addTo } from '../../core/group-by.ts';
import type { DocumentPath } from '../../core/kind.ts';
import type { Step } from '../../core/plan.ts';
import type { LiveState } from '../../reconcile/state.ts';
import type { DesiredThing } from '../../reconcile/state.ts';
import { kinds } from '../../kinds/index.ts';
import type { FoundNames } from './check-names.ts';
import { subjectsOf } from './renamed-things.ts';
import { compileDesired, type CompiledFile } from '../../source/compile.ts';
import { namesIn } from '../../source/known-names.ts';

export interface AlikeInput {
  file: CompiledFile;
  live: LiveState;
  context: AwsContext;
  now: Date;
  isFound: FoundNames['isFound'];
}

/** A name that cannot be found, where it is, and the removals that are not made for it. */
export interface Lost {
  missing: Missing;
  paths: readonly DocumentPath[];
  kept: readonly Step[];
  /** True for what its lines may ask for by another name that can't be found either. */
  isUnclear(step: Step): boolean;
}

/** What may have had the lost name. */
interface Candidate {
  name: string;
  /** What the file would have to have in its place. */
  write(value: unknown): unknown;
  /** How many accounts it takes, where it takes all that are in it. */
  size?: number;
  /** True for a removal of what it would have to hold by that name. */
  holds(step: Step): boolean;
}

/** A plan is not held up by guesses. */
const most = 50;

/**
 * Live names that hold exactly what the file asks for by a name that can't be found: with one of them in its place, the file
 * asks for nothing that is not live, and for all that is. Pure.
 * @param removals what the plan removes, and what it keeps for any name: whatever holds that too holds more
 */
export function findAlike(
  input: AlikeInput,
  { missing, paths, kept, isUnclear }: Lost,
  removals: readonly Step[],
): string[] {
  if (kept.length === 0) return [];
  const { file, live, context, now, isFound } = input;
  // Of the others that its lines name, some may be lost too.
  const hasAll = (thing: DesiredThing): boolean =>
    Object.entries(subjectsOf(thing)).every(([subject, name]) => !kindNames.has(subject) || isFound(subject, name));
  const exact = candidatesFor(input, missing, kept)
    .slice(0, most)
    .flatMap(({ name, write, size = 0, holds }) => {
      const document = withName(file.loaded.document, paths, write);
      const { desired } = compileDesired({ ...file.loaded, document, includes: [] }, context, now, { only: 'expired' });
      const asked = [...desired.values()].filter((thing) => !file.desired.like(thing) && hasAll(thing));
      const isExact =
        asked.length > 0 &&
        asked.every((thing) => live.like(thing)) &&
        removals.every((step) => !holds(step) || desired.has(step.id) || isUnclear(step));
      return isExact ? [{ name, size }] : [];
    });
  // A larger unit takes what other lines ask for as well.
  const least = Math.min(...exact.map(({ size }) => size));
  return [...new Set(exact.flatMap(({ name, size }) => (size === least ? [name] : [])))].sort();
}

function candidatesFor({ file, context }: AlikeInput, { subject, name }: Missing, kept: readonly Step[]): Candidate[] {
  const { accounts = new Map(), units = [] } = context.organization;
  const known = namesIn(file.loaded.document);
  const named = (text: string, of = subject): boolean => known.has(subjectAddress(of, text));
  const valuesOf = (of: string): string[] => [...new Set(kept.flatMap(({ subjects }) => subjects[of] ?? []))];
  const inAccounts = valuesOf('account').flatMap((id) => accounts.get(id) ?? []);
  const isKept = (step: Step): boolean => kept.includes(step);
  switch (subject) {
    case 'organizational-unit': {
      const paths = new Map(units.map(({ id, path }) => [id, path]));
      const ids = new Set(inAccounts.flatMap(({ parents = [] }) => parents));
      return [...ids].flatMap((id) => {
        const path = paths.get(id);
        const isRoot = path === '' || id.startsWith('r-');
        if (isRoot || named(id) || (path !== undefined && named(path))) return [];
        const size = [...accounts.values()].filter(({ parents }) => parents?.includes(id)).length;
        return [{ name: path ?? id, write: () => id, size, holds: isKept }];
      });
    }
    case 'tag': {
      const keys = new Set(inAccounts.flatMap(({ tags = {} }) => Object.keys(tags)));
      return [...keys].map((key) => ({
        name: key,
        write: (tags) =>
          Object.fromEntries(
            Object.entries(tags as object).map(([own, value]) => [`${own}=${value}` === name ? key : own, value]),
          ),
        holds: isKept,
      }));
    }
    case 'pattern':
    case 'account':
      return inAccounts
        .filter((account) => subject === 'pattern' || !named(account.name))
        .map(({ id }) => ({
          name: file.accounts.names.account(id),
          write: () => id,
          holds: (step) => isKept(step) && step.subjects['account'] === id,
        }));
    default:
      return valuesOf(subject)
        .filter((value) => !named(value))
        .map((value) => ({ name: value, write: () => value, holds: ({ subjects }) => subjects[subject] === value }));
  }
}

const kindNames = new Set<string>(kinds.map(({ name }) => name));

const sectionNames = new Set(
  identityFormat.sections.flatMap(({ name, declares }) => (declares === 'account' ? [] : [name])),
);

/** The entries that have the name, with another one in its place, and what they need of the file. */
function withName(
  document: IdentityDocument,
  paths: readonly DocumentPath[],
  write: Candidate['write'],
): IdentityDocument {
  const byEntry = new Map<string, DocumentPath[]>();
  for (const path of paths) addTo(byEntry, JSON.stringify(path.slice(0, 2)), path);
  const rest = Object.entries(document).filter(([name]) => !sectionNames.has(name));
  const changed = new Map<string, unknown[]>();
  for (const places of byEntry.values()) {
    const [[section = '', index = ''] = []] = places;
    const entry = memberAt(memberAt(document, section), index);
    const written = places.reduce((one, [, , ...below]) => replaceAt(one, below, write), entry);
    addTo(changed, String(section), written);
  }
  return { ...Object.fromEntries(rest), ...Object.fromEntries(changed) } as IdentityDocument;
}

const memberAt = (value: unknown, key: string | number): unknown =>
  (value as Readonly<Record<string | number, unknown>> | undefined)?.[key];

function replaceAt(value: unknown, [step, ...rest]: DocumentPath, write: Candidate['write']): unknown {
  if (step === undefined) return write(value);
  const member = replaceAt(memberAt(value, step), rest, write);
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === step ? member : one));
  return { ...(value as object), [step]: member };
}
