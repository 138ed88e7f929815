import { stringify } from 'yaml';
import { loadIdentityFile } from '../src/config/load.ts';
import { scaleDown, sizes } from './dimensions.ts';
import { createOrganisation } from './organisation.ts';

/** One file, and what loading it took. */
export interface LoadingRow {
  lines: number;
  assignments: number;
  /** Of all threads; the median of the rounds, each from the text to the checked document. */
  cpuMilliseconds: number;
}

/** Loads the file of an organisation so many times the size L, in this process. */
export function measureLoading(timesL: number, rounds = 5): LoadingRow {
  const dimensions = scaleDown(sizes.L, timesL);
  const text = stringify(createOrganisation(dimensions));
  const took = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    loadIdentityFile('identity.yaml', () => text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return {
    lines: text.split('\n').length - 1,
    assignments: dimensions.assignments,
    cpuMilliseconds: took[Math.floor(rounds / 2)] ?? NaN,
  };
}
