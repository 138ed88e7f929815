import type { CommitTree, TreeEntry } from './tree.ts';

/** What stands in a commit at a path that leads through no link. */
export interface Place extends TreeEntry {
  path: string;
}

/** A path leads through no more links than Linux follows. */
const mostLinks = 40;
const longestTarget = 4096;

/**
 * Where a path of a commit leads, as it would in a checkout; undefined where there is nothing. A link that leads out of the
 * repository, to nothing or in a circle leads to itself.
 */
export async function followLinks(
  tree: CommitTree,
  path: string,
  targetOf: (link: Place) => Promise<string>,
): Promise<Place | undefined> {
  const names = path.split('/');
  const way: string[] = [];
  let place: Place = { kind: 'folder', sha: '', size: 0, path: '.' };
  let link: Place | undefined;
  for (let links = 0, name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '.' || name === '') continue;
    if (place.kind !== 'folder') return link;
    if (name === '..') {
      if (way.pop() === undefined) return link;
    } else {
      const entry = (await tree.read(way.join('/') || '.'))?.get(name);
      if (!entry) return link;
      if (entry.kind === 'link') {
        link = { ...entry, path: [...way, name].join('/') };
        links += 1;
        if (links > mostLinks || entry.size > longestTarget) return link;
        const target = await targetOf(link);
        if (target.startsWith('/')) return link;
        names.unshift(...target.split('/'));
        continue;
      }
      way.push(name);
      place = { ...entry, path: '' };
    }
    place = { ...place, path: way.join('/') || '.' };
  }
  return place;
}
