import type { Product } from '../../core/kind.ts';
import { excessOf } from '../../core/product.ts';
import type { Check } from '../../core/section.ts';

/**
 * Refuses a list of entries that ask for too much already by what the file alone tells.
 * @param productOf an entry as the file has it, which may be of any shape; undefined where it is none.
 */
export const productCheck = (productOf: (entry: unknown, index: number) => Product | undefined): Check => ({
  at: [],
  code: 'too-many-things',
  severity: 'error',
  problem(entries) {
    if (!Array.isArray(entries)) return undefined;
    const excess = excessOf(entries.flatMap((entry: unknown, index) => productOf(entry, index) ?? []));
    const [, index = 0] = excess?.largest.at ?? [];
    return excess && [{ at: [index], rest: excess.reason }];
  },
});

/** How many things a list has; 0 where it is none. */
export const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
