import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import type { AsyncRequest, Requests } from '../../core/requests.ts';
import { requirePermissionSets } from './instance.ts';

/** A status that was only just created can be unknown for a while; how long is the behaviour's to say. */
export function requireRequest<Kind extends keyof Requests>(
  context: Context,
  input: { readonly InstanceArn: string },
  kind: Kind,
  id: string,
): Extract<AsyncRequest, { Kind: Kind }> {
  requirePermissionSets(context, input);
  const { world, behaviour, countStatusRead } = context;
  const request = world.requests.get(id);
  const isUnknown =
    request?.Kind !== kind ||
    behaviour.now() < (request.Fate?.KnownFrom ?? 0) ||
    countStatusRead(id) < behaviour.statusLagReads;
  if (isUnknown) throw notFound(`Could not find request with id ${id}`);
  return request as Extract<AsyncRequest, { Kind: Kind }>;
}

interface StatusListInput {
  readonly InstanceArn: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Filter?: { readonly Status?: string };
}

/** The lists give three members of each request; only Describe tells the rest. */
export function listRequests(context: Context, input: StatusListInput, kind: keyof Requests) {
  requirePermissionSets(context, input);
  const { requests } = context.world;
  const status = input.Filter?.Status;
  const known = status === undefined ? requests.by('kind', kind) : requests.by('kindAndStatus', `${kind} ${status}`);
  const now = context.behaviour.now();
  const rows = known.filter(({ Fate }) => now >= (Fate?.ListedFrom ?? 0));
  const page = takeRows(context, input, rows, requests);
  const statuses = page.items.map(({ Status, RequestId, CreatedDate }) => ({ Status, RequestId, CreatedDate }));
  return { statuses, next: page.next };
}
