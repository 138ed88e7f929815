import { addTo } from '../../core/group-by.ts';

/** One assignment, by names. */
export interface Grant {
  principal: string;
  permissionSet: string;
  account: string;
}

/** A product: every principal gets every permission set in every account. */
export interface Product {
  principals: string[];
  permissionSets: string[];
  accounts: string[];
}

type Axis = keyof Grant;
const axes: readonly Axis[] = ['principal', 'permissionSet', 'account'];

/** The accounts where a principal holds a permission set, by principal, then by set. */
type Rows = Map<string, Map<string, Set<string>>>;

/**
 * The fewest products that can be found quickly which together say exactly these grants, each grant in one of them: taking
 * a name out of an entry always takes away what it says. The same grants in any order, the same products. Pure.
 */
export function groupGrants(grants: readonly Grant[]): Product[] {
  const twins = new Map<Axis, Map<string, string[]>>();
  let cells = grants;
  for (const axis of axes) {
    const members = membersOf(cells, axis);
    twins.set(axis, members);
    cells = cells.filter((cell) => members.has(cell[axis]));
  }
  const everyTwin = (axis: Axis, names: readonly string[]): string[] =>
    names.flatMap((name) => twins.get(axis)?.get(name) ?? []).sort();
  return takeProducts(cells, (axis, names) => everyTwin(axis, [...names]).length).map(
    ({ principals, permissionSets, accounts }) => ({
      principals: everyTwin('principal', principals),
      permissionSets: everyTwin('permissionSet', permissionSets),
      accounts: everyTwin('account', accounts),
    }),
  );
}

/** Names with the same grants stand for each other: those of one sort, by the first of them. */
function membersOf(cells: readonly Grant[], axis: Axis): Map<string, string[]> {
  const others = axes.filter((other) => other !== axis);
  const held = new Map<string, string[]>();
  for (const cell of cells) addTo(held, cell[axis], JSON.stringify(others.map((other) => cell[other])));
  const alike = new Map<string, string[]>();
  for (const name of [...held.keys()].sort()) addTo(alike, (held.get(name) ?? []).sort().join(), name);
  return new Map([...alike.values()].map((names) => [names[0] ?? '', names]));
}

type Weigh = (axis: Axis, names: Iterable<string>) => number;

/**
 * The largest product first, among those that begin with one principal's accounts of one set; what it says is then out of
 * the way of the others. In rounds: a product that an earlier one has cut into waits for the next.
 */
function takeProducts(cells: readonly Grant[], weigh: Weigh): Product[] {
  const rows: Rows = new Map();
  const columns: Rows = new Map();
  for (const { principal, permissionSet, account } of cells) {
    const accounts = rows.get(principal)?.get(permissionSet) ?? new Set();
    put(rows, principal, permissionSet, accounts.add(account));
    put(columns, permissionSet, principal, accounts);
  }
  const sizeOf = ({ principals, permissionSets, accounts }: Product): number =>
    weigh('principal', principals) * weigh('permissionSet', permissionSets) * weigh('account', accounts);
  const taken: Product[] = [];
  while (rows.size > 0) {
    const candidates = [...rows.keys()].sort().flatMap((principal) =>
      [...(rows.get(principal)?.keys() ?? [])].sort().map((set) => {
        const product = growFrom(rows, columns, principal, set);
        return { product, size: sizeOf(product), cuts: cutsOf(rows, product) };
      }),
    );
    // Of two as large, the one that leaves fewer principals with a set in some other accounts: they would need another.
    candidates.sort((a, b) => b.size - a.size || a.cuts - b.cuts);
    for (const { product } of candidates) {
      if (!holds(rows, product)) continue;
      taken.push(product);
      remove(rows, columns, product);
    }
  }
  return taken;
}

/** All who have the set wherever this principal has it, and all that they all have there besides. */
function growFrom(rows: Rows, columns: Rows, principal: string, permissionSet: string): Product {
  const accounts = [...(rows.get(principal)?.get(permissionSet) ?? [])];
  const principals = [...(columns.get(permissionSet) ?? [])].flatMap(([other, theirs]) =>
    covers(theirs, accounts) ? [other] : [],
  );
  const permissionSets = [...(rows.get(principal)?.keys() ?? [])].filter((set) =>
    principals.every((other) => covers(rows.get(other)?.get(set), accounts)),
  );
  return { principals, permissionSets, accounts };
}

const covers = (held: ReadonlySet<string> | undefined, accounts: readonly string[]): boolean =>
  held !== undefined && held.size >= accounts.length && accounts.every((account) => held.has(account));

const holds = (rows: Rows, { principals, permissionSets, accounts }: Product): boolean =>
  principals.every((principal) => permissionSets.every((set) => covers(rows.get(principal)?.get(set), accounts)));

/** How many principals keep a set of the product in other accounts. */
const cutsOf = (rows: Rows, { principals, permissionSets, accounts }: Product): number =>
  principals.reduce(
    (sum, principal) =>
      sum + permissionSets.filter((set) => (rows.get(principal)?.get(set)?.size ?? 0) > accounts.length).length,
    0,
  );

function remove(rows: Rows, columns: Rows, { principals, permissionSets, accounts }: Product): void {
  for (const principal of principals) {
    for (const set of permissionSets) {
      const held = rows.get(principal)?.get(set);
      for (const account of accounts) held?.delete(account);
      if (held?.size !== 0) continue;
      rows.get(principal)?.delete(set);
      columns.get(set)?.delete(principal);
    }
    if (rows.get(principal)?.size === 0) rows.delete(principal);
  }
}

function put<Value>(index: Map<string, Map<string, Value>>, first: string, second: string, value: Value): void {
  const inner = index.get(first);
  if (inner) inner.set(second, value);
  else index.set(first, new Map([[second, value]]));
}
