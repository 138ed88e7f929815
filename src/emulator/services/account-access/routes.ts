/** What a request asks for: an operation, and the members of its input that are in the path and the query. */
export interface Routed {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
}

const routes: readonly [method: string, path: RegExp, operation: string][] = [
  ['POST', /^\/applications$/, 'CreateApplication'],
  ['POST', /^\/applications-list$/, 'ListApplications'],
  ['GET', /^\/applications\/(?<applicationArn>.+)$/, 'GetApplication'],
  ['DELETE', /^\/applications\/(?<applicationArn>.+)$/, 'DeleteApplication'],
  ['POST', /^\/entitlements$/, 'CreateEntitlement'],
  ['POST', /^\/entitlements-list$/, 'ListEntitlements'],
  ['GET', /^\/entitlements\/(?<entitlementId>[^/]+)$/, 'GetEntitlement'],
  ['DELETE', /^\/entitlements\/(?<entitlementId>[^/]+)$/, 'DeleteEntitlement'],
];

/** Methods and paths as in the AWS API model of account-access, version 2018-05-10; undefined for any other. */
export function routeOf(method: string, path: string, query: URLSearchParams): Routed | undefined {
  for (const [verb, pattern, operation] of routes) {
    const found = verb === method ? pattern.exec(path) : null;
    if (!found) continue;
    const members = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)] as const);
    const applicationArn = query.get('applicationArn');
    return {
      operation,
      input: { ...(applicationArn !== null && { applicationArn }), ...Object.fromEntries(members) },
    };
  }
  return undefined;
}

/** As the model says how each error travels. */
const statuses: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  InternalServerException: 500,
};

export const statusOf = (error: string): number => statuses[error] ?? 400;
