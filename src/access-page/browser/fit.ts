/** The end of a path that has room, `…/Prod`: what tells it from its neighbors is there. @param room characters */
export function fitPath(path: string, room: number): string {
  let rest = path;
  while (rest.length > room && rest.includes('/', 2)) rest = `…/${rest.replace(/^(…\/)?[^/]+\//, '')}`;
  return rest;
}

/** The beginning and the end of a name that has no room: names of accounts begin alike or end alike. @param room characters */
export function fitName(name: string, room: number): string {
  const all = Array.from(name);
  if (all.length <= room) return name;
  const end = Math.floor((room - 1) / 2);
  return `${all.slice(0, room - 1 - end).join('')}…${all.slice(-end).join('')}`;
}
