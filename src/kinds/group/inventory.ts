import type { Inventory } from '../../core/inventory.ts';
import { ignoreControlTower } from '../shared/control-tower.ts';
import type { GroupSpec } from './kind.ts';

export function inventoryGroups(groups: readonly GroupSpec[]): Inventory<GroupSpec> {
  const { own, ignored } = ignoreControlTower(groups);
  return {
    entries: own.map((group) => ({
      piece: { [group.name]: group.description === undefined ? {} : { description: group.description } },
      declares: group,
    })),
    ignored,
  };
}
