/** Lists of numbers that are equal, together: compared by a hash first, and then number by number. */
export interface Same<Of> {
  /** What was kept for an equal list; undefined for the first one. */
  find(list: Uint32Array): Of | undefined;
  /** Keeps something for a list of which `find` has just found nothing. */
  keep(list: Uint32Array, of: Of): void;
}

export function createSame<Of>(): Same<Of> {
  const byHash = new Map<number, { list: Uint32Array; of: Of }[]>();
  return {
    find: (list) => byHash.get(hashOf(list))?.find((known) => isEqual(known.list, list))?.of,
    keep(list, of) {
      const hash = hashOf(list);
      const known = byHash.get(hash);
      if (known) known.push({ list, of });
      else byHash.set(hash, [{ list, of }]);
    },
  };
}

/** FNV-1a over the numbers. */
function hashOf(list: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < list.length; at++) hash = Math.imul(hash ^ (list[at] ?? 0), 0x01000193);
  return hash;
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}
