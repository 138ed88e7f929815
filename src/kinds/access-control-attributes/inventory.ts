import type { Inventory } from '../../core/inventory.ts';
import type { AccessControlSpec } from './kind.ts';

/** The whole section, which is left out where there are no attributes. */
export function inventoryAttributes(configurations: readonly AccessControlSpec[]): Inventory<AccessControlSpec> {
  return {
    entries: configurations
      .filter(({ attributes }) => Object.keys(attributes).length > 0)
      // No file can say that AWS failed to enable them: the next apply tries again.
      .map(({ attributes }) => ({ piece: attributes, declares: { attributes } })),
    isOptional: true,
  };
}
