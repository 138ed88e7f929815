import type { AccessChange, HeldImpact, Power } from '../../core/access.ts';
import { compareTexts } from '../../core/compare-texts.ts';
import { addTo, groupBy } from '../../core/group-by.ts';
import { mergeBlocks } from '../../core/reach.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import type { lossCauses, StepsBehind } from './access-cause.ts';
import { firstOnTop, type AccountNames } from './account-names.ts';

/** What people gain or lose, and in which way. */
interface AccessHead {
  permissionSet: string;
  power: Power;
  /** The power in words, with why it is so where that is known: `can raise rights by iam:AttachRolePolicy`. */
  powerWords: string;
  /** Groups; a direct assignment is told apart from them. */
  through: string[];
  directly: boolean;
  /** The file includes others, so that a line's number alone says too little. */
  inSeveralFiles?: true;
  /** Of a loss: what takes it away, where `through` does not say it. */
  cause?: string;
  /** Of a gain: when it ends. */
  until?: string;
}

/** People who gain or lose the same permission sets in the same accounts in the same way. */
export interface AccessLine extends AccessHead {
  users: string[];
  /** Those that come first, then the others by name. */
  accounts: string[];
  /** How many of the accounts come first: such a line is never left out. */
  first: number;
  /** The lines of the file that ask for it; of a loss there are none any more. */
  places: FileLine[];
}

export interface FileLine {
  file: string;
  line: number;
  /** Why, by its own words. */
  reason?: string;
}

export interface LinesInput {
  changes: readonly AccessChange[];
  people: HeldImpact['people'];
  accounts: AccountNames;
  stepsBehind: StepsBehind;
  causeOf: ReturnType<typeof lossCauses>;
  isLost: boolean;
  several: boolean;
  powerOf(change: AccessChange): string;
}

/** What lines have in common, and of which changes, for whom, they are made. */
interface LineSource {
  line: AccessHead;
  parts: Part[];
}

interface Part {
  change: AccessChange;
  users: readonly string[];
}

/** Who comes to the same permission set through the same groups is told together, whichever steps that takes. */
export function linesOf({
  changes,
  people,
  accounts: names,
  stepsBehind,
  causeOf,
  isLost,
  several,
  powerOf,
}: LinesInput): AccessLine[] {
  const sources = new Map<string, LineSource>();
  for (const change of changes) {
    const { permissionSet, power, ways, until } = change;
    const all = people[change.people] ?? [];
    const behind = isLost ? stepsBehind(change, all) : [];
    const byCause = isLost ? groupBy(all, (user) => causeOf(change, user, behind) ?? '') : [['', all] as const];
    for (const [cause, users] of byCause) {
      const line = {
        permissionSet: sanitizeName(permissionSet),
        power,
        powerWords: powerOf(change),
        through: [...new Set(ways.flatMap(({ via }) => (via === undefined ? [] : [sanitizeName(via)])))].sort(),
        directly: ways.some(({ via }) => via === undefined),
        ...(several && { inSeveralFiles: true as const }),
        ...(cause !== '' && { cause: sanitize(cause) }),
        ...(!isLost && until !== undefined && { until: sanitize(until) }),
      };
      const key = JSON.stringify(line);
      const source = sources.get(key) ?? { line, parts: [] };
      sources.set(key, source);
      source.parts.push({ change, users });
    }
  }
  return (
    [...sources.values()]
      .flatMap(({ line, parts }) => {
        const blocks = mergeBlocks(parts.map(({ change: { accounts }, users }) => ({ users, accounts })));
        const partsOf = partsByUser(parts);
        return blocks.map((block) => ({
          block,
          line,
          parts: partsOf(block.users),
          first: block.accounts.filter(names.comesFirst).length,
        }));
      })
      // Where not all lines have room, the first ones are those to see: then those of the most people.
      .sort(
        (a, b) =>
          firstOnTop(a, b) ||
          b.block.users.length - a.block.users.length ||
          compareTexts(a.block.users[0] ?? '', b.block.users[0] ?? ''),
      )
      .map(({ block: { users, accounts }, line, parts, first }) => ({
        ...line,
        users: users.map(sanitizeName),
        accounts: names.inOrder(accounts),
        first,
        places: distinct(
          parts.flatMap((part) => stepsBehind(part.change, part.users).flatMap(({ places = [] }) => places)),
        ),
      }))
  );
}
/** The parts that are about some people, each with those of them whom it is about. */
function partsByUser(parts: readonly Part[]): (users: readonly string[]) => Part[] {
  const changesOf = new Map<string, AccessChange[]>();
  for (const { change, users } of parts) for (const user of users) addTo(changesOf, user, change);
  return (users) => {
    const found = new Map<AccessChange, string[]>();
    for (const user of users) {
      for (const change of changesOf.get(user) ?? []) {
        const list = found.get(change);
        if (list) list.push(user);
        else found.set(change, [user]);
      }
    }
    return [...found].map(([change, some]) => ({ change, users: some }));
  };
}

/** Each line of a file once, in the order of the file. */
function distinct(places: readonly FileLine[]): FileLine[] {
  const found = new Map(
    places.map(({ file, line, reason }) => [
      JSON.stringify([file, line]),
      { file: sanitize(file), line, ...(reason !== undefined && { reason: sanitize(reason) }) },
    ]),
  );
  return [...found.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
