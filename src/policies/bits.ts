/** A set of actions, a bit for the number of each. */
export type Bits = Uint32Array;

/** @param count of all actions. */
export const noBits = (count: number): Bits => new Uint32Array(Math.ceil(count / 32));

export const hasBit = (bits: Bits, action: number): boolean => ((bits[action >> 5] ?? 0) & (1 << (action & 31))) !== 0;

export function addBit(bits: Bits, action: number): void {
  bits[action >> 5]! |= 1 << (action & 31);
}

export function addBits(bits: Bits, more: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! |= more[word]!;
}

export function union(a: Bits, b: Bits): Bits {
  const found = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) found[word] = a[word]! | b[word]!;
  return found;
}

export function both(a: Bits, b: Bits): Bits {
  const found = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) found[word] = a[word]! & b[word]!;
  return found;
}

export function without(bits: Bits, less: Bits): Bits {
  const found = new Uint32Array(bits.length);
  for (let word = 0; word < bits.length; word++) found[word] = bits[word]! & ~less[word]!;
  return found;
}

export function meet(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word]! & b[word]!) !== 0) return true;
  return false;
}

/** In order. */
export function bitsOf(bits: Bits): Uint16Array {
  const found = new Uint16Array(countBits(bits));
  let at = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) found[at++] = word * 32 + 31 - Math.clz32(left & -left);
  }
  return found;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += ones(bits[word]!);
  return count;
}

/** The bits of a word, added up in pairs, then in fours, then in bytes. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
