import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import type { IssuerSpec } from './kind.ts';

/** Applications name an issuer by its ARN, which another URL doesn't keep; and its claims tell them whose a token is. */
export function issuerRisks(steps: readonly StepOf<IssuerSpec>[]): Warning[] {
  return steps.flatMap(({ action, label, before, after, places: [place] = [] }) => {
    if (action !== 'update') return [];
    const replaced = `Trusted token issuer ${label} gets another URL. AWS can't change a URL, so the issuer is deleted and created with a new ARN. Applications accept no token of it until they name the new ARN.`;
    const matched = `Trusted token issuer ${label} matches tokens to people by ${matchOf(after)} instead of ${matchOf(before)}. Anyone who can choose what the claim says can act as another person in the applications that accept its tokens.`;
    return [
      ...(before.issuerUrl === after.issuerUrl
        ? []
        : [{ code: 'issuer-replaced', message: replaced, lead: `tokens of issuer ${label} are no longer accepted` }]),
      ...(matchOf(before) === matchOf(after)
        ? []
        : [{ code: 'issuer-matching', message: matched, lead: `tokens of issuer ${label} are matched otherwise` }]),
    ].map((warning) => ({ ...warning, ...(place && { place }) }));
  });
}

const matchOf = ({ claimAttributePath, identityStoreAttributePath }: IssuerSpec): string =>
  `the claim ${claimAttributePath} and the attribute ${identityStoreAttributePath}`;
