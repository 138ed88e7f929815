import { brotliDecompressSync } from 'node:zlib';

/** A file of `data/`, which `npm run data` writes: a text in brotli, in base64, and the day of what is in it, in UTC. */
export interface Packed {
  date: string;
  brotli: string;
}

/** The lines of a file of `data/`. */
export const unpackLines = ({ brotli }: Packed): string[] =>
  brotliDecompressSync(Buffer.from(brotli, 'base64')).toString('utf8').split('\n');
