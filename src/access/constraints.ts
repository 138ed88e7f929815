import type { ElementStatus } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { waysOn, type Hold, type Way } from './ways.ts';

/** What the engine takes as a constraint between two steps. */
export interface AccessConstraint {
  step: Address;
  waitsFor: Address;
  purpose: 'keep' | 'exclude';
  about: string | undefined;
}

/**
 * The order that access asks of a plan's steps, from two rules that hold at every moment on the way: nobody who keeps
 * access loses it, and nobody holds what neither the state before nor the one after gives.
 * @param edited the step that changes what a permission set allows, by the set's name.
 * @param renewed sets that are made anew under this name, with another content than before.
 */
export function accessConstraints(
  holds: readonly Hold[],
  edited: ReadonlyMap<string, Address>,
  renewed: ReadonlySet<string>,
): AccessConstraint[] {
  return holds.flatMap((hold) => {
    const edit = edited.get(hold.permissionSet);
    return orderOf(hold, edit, renewed.has(hold.permissionSet)).flatMap((order) => expand(hold, order));
  });
}

/** One half of a way: its assignment or its membership, of every holder and account. */
interface Element {
  way: Way;
  part: 'assignment' | 'membership';
}

/** A step, or those that make or end an element. */
interface Order extends Pick<AccessConstraint, 'purpose'> {
  step: Element | Address;
  waitsFor: Element | Address;
}

/** The same for all holders and accounts. */
function orderOf(hold: Hold, edit: Address | undefined, isRenewed: boolean): Order[] {
  const { ways } = hold;
  const before = waysOn('before', hold);
  const after = waysOn('after', hold);

  if (before.length > 0 && after.length > 0) {
    // Who comes from a set that this one replaces has never held what it is before its edit.
    const contents = new Set(before.map(({ assigned }) => assigned));
    const others = after.filter(({ assigned }) => !contents.has(assigned));
    const takenOver = grantedAfter(edit, others);
    // A way that stays as it is needs no help. Else one old way waits until one new way is whole.
    const [old] = before;
    if (!old || before.some((way) => after.includes(way))) return takenOver;
    return [...wait('keep', withStatus('deleted', old), withStatus('created', fewestCreations(after))), ...takenOver];
  }
  // Half made and half ended: where the whole would be too much, the old half goes before the new one comes.
  const passing = ways
    .filter((way) => withStatus('created', way).length > 0 && withStatus('deleted', way).length > 0)
    .flatMap((way) => wait('exclude', withStatus('created', way), withStatus('deleted', way)));
  if (edit === undefined) return isRenewed || (before.length === 0 && after.length === 0) ? passing : [];
  // Gained: the set is edited before it is granted. Lost: it is removed before it is edited.
  const revoked = before.flatMap((way) => breaking('deleted', way).map((waitsFor) => exclude(edit, waitsFor)));
  return [...passing, ...grantedAfter(edit, after), ...revoked];
}

/** Each step once: what depends on no holder, or on no account, is the same for all of them. */
function expand({ holders, isPerson, accounts, permissionSet }: Hold, order: Order): AccessConstraint[] {
  const elements = [order.step, order.waitsFor].filter((end) => typeof end !== 'string');
  // Who has an assignment of their own is the one holder.
  const isOfHolder = elements.some(({ part }) => part === 'membership');
  const isOfAccount = elements.some(({ part }) => part === 'assignment');
  return (isOfHolder ? holders : holders.slice(0, 1)).flatMap((holder) =>
    (isOfAccount ? accounts : accounts.slice(0, 1)).map((account) => ({
      step: stepOf(order.step, account, holder),
      waitsFor: stepOf(order.waitsFor, account, holder),
      purpose: order.purpose,
      about: isPerson ? `${holder} has ${permissionSet} in account ${account}` : undefined,
    })),
  );
}

function stepOf(end: Element | Address, account: string, holder: string): Address {
  if (typeof end === 'string') return end;
  const { way, part } = end;
  const element = part === 'assignment' ? way.assignmentOf(account) : way.membershipOf(holder);
  if (!element) throw new Error(`the way of ${holder} has no ${part}`);
  return element.step;
}

const wait = (purpose: AccessConstraint['purpose'], steps: readonly Element[], waitsFor: readonly Element[]): Order[] =>
  steps.flatMap((step) => waitsFor.map((other) => ({ step, waitsFor: other, purpose })));

/** What is granted of an edited set waits for its edit. */
const grantedAfter = (edit: Address | undefined, ways: readonly Way[]): Order[] =>
  edit === undefined ? [] : ways.flatMap((way) => breaking('created', way).map((step) => exclude(step, edit)));

const exclude = (step: Element | Address, waitsFor: Element | Address): Order => ({
  step,
  waitsFor,
  purpose: 'exclude',
});

/** A way is whole only with both its elements: for one of them to wait, or to be waited for, is enough. */
const breaking = (status: ElementStatus, way: Way): Element[] => withStatus(status, way).slice(0, 1);

function withStatus(status: ElementStatus, way: Way | undefined): Element[] {
  if (!way) return [];
  return [
    ...(way.assignment === status ? [{ way, part: 'assignment' as const }] : []),
    ...(way.membership === status ? [{ way, part: 'membership' as const }] : []),
  ];
}

const fewestCreations = (ways: readonly Way[]): Way | undefined =>
  ways.toSorted((a, b) => withStatus('created', a).length - withStatus('created', b).length)[0];
