import type { Aws } from '../../aws/connect.ts';
import { promised } from '../../core/errors.ts';
import type { LookUp, Referred } from '../../core/kind.ts';

/** Every application of the instance, by ARN. */
async function listApplications(aws: Aws): Promise<Referred[]> {
  const found = await aws.pages(
    (NextToken) => aws.ssoAdmin.listApplications({ InstanceArn: aws.instance.arn, MaxResults: 100, NextToken }),
    (page) => page.Applications,
  );
  const applications = found.map(({ ApplicationArn, Name, ApplicationProviderArn }): Referred => ({
    arn: promised(ApplicationArn, 'the ARN of an application'),
    name: promised(Name, 'the name of an application'),
    ...(isAccountAccess(Name, ApplicationProviderArn) && { isOfAws: true }),
  }));
  const counts = new Map<string, number>();
  for (const { name } of applications) counts.set(name, (counts.get(name) ?? 0) + 1);
  return applications
    .map((one) => ((counts.get(one.name) ?? 0) > 1 ? { ...one, isNameShared: true } : one))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/**
 * What account access manager makes in Identity Center for itself: who is in it follows from entitlements. How it shows is not
 * documented: by AWS's name for it, and not as a customer's application, or not at all.
 */
const isAccountAccess = (name: string | undefined, provider = ''): boolean =>
  /:applicationProvider\/account-?access/.test(provider) ||
  (name === 'AWS account access' && !/:applicationProvider\/custom(-saml)?$/.test(provider));

/** People sign in to them through Identity Center. */
export const applications: LookUp<Aws> = {
  subject: 'application',
  noun: ['application', 'applications'],
  description: 'What people can be given to sign in to.',
  list: listApplications,
};
