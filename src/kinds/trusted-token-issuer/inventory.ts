import type { Inventory } from '../../core/inventory.ts';
import type { IssuerSpec } from './kind.ts';

/** The section is left out where there are none. */
export const inventoryIssuers = (issuers: readonly IssuerSpec[]): Inventory<IssuerSpec> => ({
  entries: issuers.map((issuer) => {
    // There is one way to find an issuer's keys, which the file need not say.
    const { name, jwksRetrievalOption: _default, ...entry } = issuer;
    return { piece: { [name]: entry }, declares: issuer };
  }),
  isOptional: true,
});
