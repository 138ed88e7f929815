import { countOf, listOf } from '../core/words.ts';
import { controlTowerPatterns } from './control-tower.ts';
import type { Unsayable } from './sayable.ts';
import type { LeftAlone } from './survey.ts';
import { type Line, listOfNotes, mapOf } from './yaml-nodes.ts';

interface Pattern {
  value: string;
  note: string;
}

/** The section `ignore`, where there is something to leave alone. */
export function ignoreLine({ unsayable, theirs, accounts, memberships, ...counts }: LeftAlone): Line[] {
  const lists: [string, Pattern[]][] = [
    ['users', unsayable.users.map(unsayablePattern)],
    ['groups', [...towerPatterns(theirs.groups), ...unsayable.groups.map(unsayablePattern)]],
    ['permissionSets', [...towerPatterns(theirs.permissionSets), ...unsayable.permissionSets.map(unsayablePattern)]],
    ['accounts', accounts.map((value) => ({ value, note: 'To decide: this account is not in the organization.' }))],
  ];
  const lines = lists.flatMap(([key, patterns]): Line[] =>
    patterns.length > 0 ? [{ key, value: listOfNotes(patterns) }] : [],
  );
  if (lines.length === 0) return [];
  const others = [
    ...(counts.assignments > 0 ? [countOf(counts.assignments, 'assignment')] : []),
    ...(counts.applicationAssignments > 0 ? [countOf(counts.applicationAssignments, 'application-assignment')] : []),
    ...(memberships > 0 ? [countOf(memberships, 'membership')] : []),
  ];
  const comment = `What is live and left alone${others.length > 0 ? `, with ${listOf(others)}` : ''}.`;
  return [{ key: 'ignore', value: mapOf(lines), comment: [comment], space: true }];
}

const unsayablePattern = ({ name, why }: Unsayable): Pattern => ({ value: name, note: `To decide: it ${why}.` });

const towerPatterns = ({ names, all }: { names: string[]; all: string[] }): Pattern[] =>
  controlTowerPatterns(names, all).map((value) => ({ value, note: "Control Tower's own." }));
