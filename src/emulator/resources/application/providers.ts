import type { World } from '../../core/world.ts';

interface ApplicationProvider {
  ApplicationProviderArn: string;
  FederationProtocol: 'SAML' | 'OAUTH';
  DisplayData: { DisplayName: string };
}

/** The two providers of customer managed applications; AWS has one more for each of its own. Sorted by ARN. */
export function providersOf({ organization }: World): ApplicationProvider[] {
  return [
    { id: 'custom', FederationProtocol: 'OAUTH', DisplayName: 'Custom application' } as const,
    { id: 'custom-saml', FederationProtocol: 'SAML', DisplayName: 'Custom SAML 2.0 application' } as const,
  ].map(({ id, FederationProtocol, DisplayName }) => ({
    ApplicationProviderArn: providerArn(organization.Partition, id),
    FederationProtocol,
    DisplayData: { DisplayName },
  }));
}

/** `*` for all of them. */
export function providerArn(partition: string, id: 'custom' | 'custom-saml' | '*'): string {
  return `arn:${partition}:sso::aws:applicationProvider/${id}`;
}
