import { createHash } from 'node:crypto';

// Ids look like AWS's and repeat from run to run: they are hashes of what they are for and a running number.

/** The first hexadecimal digits of a hash. */
export function hexId(seed: string, length = 16): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

export function uuid(seed: string): string {
  const hex = hexId(seed, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
