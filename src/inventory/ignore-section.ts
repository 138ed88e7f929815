import { listOf, nounCount } from '../core/words.ts';
import type { CollectedInventory } from './collect.ts';
import type { CollectedKind } from './collect-kind.ts';
import { type Line, listOfNotes, mapOf } from './yaml-nodes.ts';

interface Pattern {
  value: string;
  note: string;
}

/** The section `ignore`, where there is something to leave alone. */
export function ignoreLine({ kinds, foreignAccounts }: Pick<CollectedInventory, 'kinds' | 'foreignAccounts'>): Line[] {
  const lists = new Map<string, Pattern[]>();
  const add = (list: string, patterns: readonly Pattern[]): void => {
    if (patterns.length > 0) lists.set(list, [...(lists.get(list) ?? []), ...patterns]);
  };
  for (const one of kinds) if (one.section.isIgnorable) add(one.section.name, patternsOf(one));
  add(
    'accounts',
    foreignAccounts.map((value) => ({ value, note: 'To decide: this account is not in the organization.' })),
  );
  if (lists.size === 0) return [];
  const others = ownSectionFirst(kinds).flatMap(({ kind, left }) => (left > 0 ? [nounCount(left, kind.noun)] : []));
  const holding = kinds.flatMap((kind) => [...kind.holding]);
  const comment = `What is live and left alone${others.length > 0 ? `, with ${listOf(others)}` : ''}.`;
  const lines = [...lists].map(([key, patterns]) => ({ key, value: listOfNotes(patterns) }));
  return [{ key: 'ignore', value: mapOf(lines), comment: [comment, ...holdingNotes(holding)], space: true }];
}

function holdingNotes(holding: readonly (readonly [string, readonly string[]])[]): string[] {
  if (holding.length === 0) return [];
  return [
    "To decide: what is left alone includes grants of what this file declares. As long as they exist, it can't be removed by this file; remove them with the tool that made them, or in the console:",
    ...holding.map(([what, labels]) => `- ${what}: ${listOf(labels, mostLabels)}`),
  ];
}

/** Of one thing. */
const mostLabels = 5;

function patternsOf({ inventory, unimportable }: CollectedKind): Pattern[] {
  return [
    ...(inventory?.ignored ?? []).map(({ pattern, note }) => ({ value: pattern, note })),
    ...unimportable.flatMap(({ name, why }) =>
      name === undefined ? [] : [{ value: name, note: `To decide: it ${why}.` }],
    ),
  ];
}

/** What only adds to the entries of another kind comes last. */
function ownSectionFirst(kinds: readonly CollectedKind[]): CollectedKind[] {
  const hasOwn = ({ kind, section }: CollectedKind): boolean => section.kinds[0] === kind;
  return [...kinds.filter(hasOwn), ...kinds.filter((one) => !hasOwn(one))];
}
