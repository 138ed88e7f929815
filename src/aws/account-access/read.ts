import type { AccountAccess, Entitlement } from '../../core/account-access.ts';
import { ReportedError } from '../../core/errors.ts';
import * as z from '../../core/zod.ts';
import { readPages } from '../client/pages.ts';
import type { Aws } from '../connect.ts';
import { accountAccessClient, type Send } from './client.ts';

/**
 * Every role that account access manager gives to somebody of this instance. Never fails: what can't be read, for want of a
 * right or of the service in this region, is not known.
 */
export async function readAccountAccess(aws: Aws): Promise<AccountAccess> {
  try {
    return { entitlements: await readEntitlements(accountAccessClient(aws), aws.instance.arn) };
  } catch (error) {
    if (error instanceof ReportedError) return { unknown: error.message };
    if (error instanceof Error && '$fault' in error) return { unknown: `${error.name}: ${error.message}` };
    throw error;
  }
}

async function readEntitlements(send: Send, instanceArn: string): Promise<Entitlement[]> {
  const applications = await readPages(
    async (token) => {
      const answer = await send('ListApplications', 'POST', '/applications-list', page(token));
      return paged(checked(applicationsPage, 'ListApplications', answer));
    },
    (found) => found.applications,
  );
  const lists = await Promise.all(
    applications.map(async ({ applicationArn }) => {
      const path = `/applications/${encodeURIComponent(applicationArn)}`;
      const { identitySource } = checked(application, 'GetApplication', await send('GetApplication', 'GET', path));
      // One of another instance, or of a source that is not known yet, is about other people.
      if (identitySource.identityCenter?.instanceArn !== instanceArn) return [];
      const input = { applicationArn, filter: {} };
      return readPages(
        async (token) => {
          const answer = await send('ListEntitlements', 'POST', '/entitlements-list', { ...input, ...page(token) });
          return paged(checked(entitlementsPage, 'ListEntitlements', answer));
        },
        (found) => found.entitlements.flatMap(entitlementsIn),
      );
    }),
  );
  return lists.flat();
}

const page = (nextToken: string | undefined): object => ({
  maxResults: 100,
  ...(nextToken !== undefined && { nextToken }),
});

const nextToken = z.optional(z.nullable(z.string()));
const applicationsPage = z.object({ applications: z.array(z.object({ applicationArn: z.string() })), nextToken });
const application = z.object({
  identitySource: z.object({ identityCenter: z.optional(z.object({ instanceArn: z.string() })) }),
});
const listed = z.object({
  entitlement: z.object({
    principalRole: z.optional(
      z.object({
        principal: z.object({
          identityCenter: z.optional(z.object({ userId: z.optional(z.string()), groupId: z.optional(z.string()) })),
        }),
        roleArn: z.string(),
        account: z.string(),
      }),
    ),
  }),
});
const entitlementsPage = z.object({ entitlements: z.array(listed), nextToken });

/** An answer as the API model has it, as far as it is used. Errors: a `ReportedError` for any other. */
function checked<Output>(schema: z.ZodMiniType<Output>, operation: string, answer: unknown): Output {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new ReportedError(
    'unreadable-answer',
    `The answer to account-access:${operation} is not what the service promises.`,
    'Is the endpoint really AWS (AWS_ENDPOINT_URL, a proxy)?',
  );
}

/** With the token by the name that other services give it. */
const paged = <Page extends { nextToken?: string | null | undefined }>(found: Page) => ({
  ...found,
  NextToken: found.nextToken ?? undefined,
});

/** None of a kind that is not known yet: it is not a role of a user or a group. */
function entitlementsIn({ entitlement: { principalRole } }: z.infer<typeof listed>): Entitlement[] {
  const { userId, groupId } = principalRole?.principal.identityCenter ?? {};
  const principal = userId ?? groupId;
  if (!principalRole || principal === undefined) return [];
  const { roleArn, account } = principalRole;
  return [{ principalType: userId === undefined ? 'GROUP' : 'USER', principal, roleArn, account }];
}
