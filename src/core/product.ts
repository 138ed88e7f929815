import type { Product } from './kind.ts';

/**
 * How many things the products of a file may come to. An entry of a few lines can ask for a thousand million, of which nobody
 * could review a plan; of this many, one computer still makes one.
 */
const mostThings = 2_000_000;

/** Why entries ask for too much, and the one that asks for most of it; undefined where they don't. */
export function excessOf(products: readonly Product[]): { largest: Product; reason: string } | undefined {
  const sizes = products.map((product) => ({ product, size: sizeOf(product) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const [largest] = sizes.sort((a, b) => b.size - a.size);
  if (total <= mostThings || !largest) return undefined;
  const all = total === largest.size ? '' : `, and all entries for ${numeral(total)}`;
  return {
    largest: largest.product,
    reason: `asks for ${numeral(largest.size)} ${largest.product.many} (${factorsText(largest.product)})${all}; a file may ask for ${numeral(mostThings)} at most. Assign to groups instead of users, or divide the file.`,
  };
}

const sizeOf = ({ factors }: Product): number => factors.reduce((size, [count]) => size * count, 1);

const factorsText = ({ factors }: Product): string =>
  factors.map(([count, many]) => `${numeral(count)} ${many}`).join(' × ');

const numeral = (count: number): string => count.toLocaleString('en-US');
