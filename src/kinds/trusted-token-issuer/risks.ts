import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import type { IssuerSpec } from './kind.ts';

/** Applications name an issuer by its ARN, which another URL doesn't keep. */
export function issuerRisks(steps: readonly StepOf<IssuerSpec>[]): Warning[] {
  return steps.flatMap(({ action, label, before, after, places: [place] = [] }) => {
    if (action !== 'update') return [];
    if (before.issuerUrl === after.issuerUrl) return [];
    const message = `Trusted token issuer ${label} gets another URL. AWS can't change a URL, so the issuer is deleted and created with a new ARN. Applications accept no token of it until they name the new ARN.`;
    return [{ code: 'issuer-replaced', message, ...(place && { place }) }];
  });
}
