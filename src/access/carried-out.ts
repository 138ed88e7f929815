import { assignedSet, type AccessElement, type AccessFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import { subtractBlocks, mergeBlocks, type Block } from '../core/reach.ts';
import { touchedHolds, waysOn } from './ways.ts';

/** People who came to hold a permission set in accounts, or no longer do. */
export interface CarriedOut extends Block {
  /** The name of the set that is assigned. */
  permissionSet: string;
  /** The groups through which they hold it, or held it, sorted; empty where it is assigned to them directly alone. */
  groups: readonly string[];
}

export interface AccessCarriedOut {
  gained: CarriedOut[];
  lost: CarriedOut[];
  /** What happened only if a step took effect whose end is not known. */
  perhaps: { gained: CarriedOut[]; lost: CarriedOut[] };
}

/**
 * What the steps of a plan that were carried out did to effective access, through groups too. Pure.
 * @param done addresses of the steps that took effect
 * @param open addresses of those of which it is not known
 */
export function accessCarriedOut(
  { elements }: Pick<AccessFacts, 'elements'>,
  done: ReadonlySet<Address>,
  open: ReadonlySet<Address>,
): AccessCarriedOut {
  const least = changes(elements, (step, status) => done.has(step) || (status === 'deleted' && open.has(step)));
  if (open.size === 0) return { ...least, perhaps: { gained: [], lost: [] } };
  const most = changes(elements, (step, status) => done.has(step) || (status === 'created' && open.has(step)));
  return {
    gained: least.gained,
    lost: most.lost,
    perhaps: { gained: subtract(most.gained, least.gained), lost: subtract(least.lost, most.lost) },
  };
}

/** @param isDone whether a step of an element took effect */
function changes(
  elements: readonly AccessElement[],
  isDone: (step: Address, status: AccessElement['status']) => boolean,
): Pick<AccessCarriedOut, 'gained' | 'lost'> {
  const after = elements.flatMap((element): AccessElement[] => {
    const { status, grant } = element;
    if (status === 'kept' && grant?.content === undefined) return [element];
    const isKept = status === 'kept' || !isDone(element.step, status);
    if (isKept && status === 'created') return [];
    const { address, step, user, group } = element;
    return [
      {
        address,
        step,
        user,
        group,
        status: isKept ? 'kept' : status,
        // A set that is replaced is another one in AWS.
        ...(grant && { grant: { permissionSet: assignedSet(grant), account: grant.account } }),
      },
    ];
  });
  const holds = touchedHolds({ elements: after }).filter(({ isPerson }) => isPerson);
  const held = (side: 'before' | 'after', other: 'before' | 'after'): CarriedOut[] =>
    merged(
      holds.flatMap((hold) => {
        const ways = waysOn(side, hold);
        if (ways.length === 0 || waysOn(other, hold).length > 0) return [];
        const groups = [...new Set(ways.flatMap(({ via }) => via ?? []))].sort();
        return [{ users: hold.holders, accounts: hold.accounts, permissionSet: hold.permissionSet, groups }];
      }),
    );
  return { gained: held('after', 'before'), lost: held('before', 'after') };
}

const keyOf = ({ permissionSet, groups }: CarriedOut): string => JSON.stringify([permissionSet, groups]);

/** The same in an order that follows from it alone. */
function merged(changed: readonly CarriedOut[]): CarriedOut[] {
  return [...groupBy(changed, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => {
      if (!first) return [];
      const { permissionSet, groups } = first;
      return mergeBlocks([first, ...rest]).map((block) => ({ permissionSet, groups, ...block }));
    });
}

/** What of it is not known already, through whichever groups. */
function subtract(changed: readonly CarriedOut[], known: readonly CarriedOut[]): CarriedOut[] {
  const bySet = groupBy(known, ({ permissionSet }) => permissionSet);
  return changed.flatMap((one) => {
    const { permissionSet, groups } = one;
    return subtractBlocks([one], bySet.get(permissionSet) ?? []).map((block) => ({ permissionSet, groups, ...block }));
  });
}
