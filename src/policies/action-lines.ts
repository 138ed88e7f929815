/** The access levels of the Service Authorization Reference, in the order of the fields of a line. */
export const levels = ['list', 'read', 'write', 'tag', 'permissions'] as const;

export type Level = (typeof levels)[number];

/** The service of a line of `data/actions.json`, without reading the rest. */
export const serviceOf = (line: string): string => line.slice(0, line.indexOf('\t'));

/**
 * The actions of a line of `data/actions.json`, by level. A line is a service and a field for each level, by tabs; a field
 * has groups by `|`; a group is how its names begin, then how each goes on, by blanks.
 */
export function readActions(line: string): [level: Level, names: string[]][] {
  const fields = line.split('\t').slice(1);
  return levels.map((level, index) => [level, (fields[index] ?? '').split('|').flatMap(readGroup)]);
}

function readGroup(group: string): string[] {
  const [start = '', ...ends] = group.split(' ');
  return ends.map((end) => start + end);
}
