import { answerAccess } from '../../src/access/answer.ts';
import { accessOfBoth } from '../../src/access/both-sides.ts';
import { differenceOf } from '../../src/access/difference.ts';
import { placesOf } from '../../src/access/places.ts';
import type { AccessSide } from '../../src/access/side.ts';
import type { PageData } from '../../src/access-page/data.ts';
import { differenceData } from '../../src/access-page/difference-data.ts';
import { pageData } from '../../src/access-page/page-data.ts';
import { pageSources } from '../../src/access-page/sources.ts';
import type { AwsContext } from '../../src/aws/context.ts';
import { loadIdentityFile } from '../../src/config/load.ts';
import type { Power } from '../../src/core/access.ts';
import type { AccessAnswer, AccessQuestion, Reaches } from '../../src/core/access-answer.ts';
import { State, Thing } from '../../src/core/state.ts';
import type { StateDifference } from '../../src/core/state-difference.ts';
import { loadPolicies } from '../../src/policies/load.ts';
import type { LiveState } from '../../src/reconcile/state.ts';
import { compileDesired } from '../../src/source/compile.ts';

export interface PageAccountNote {
  id: string;
  name: string;
  /** A path; none is the root. */
  unit?: string;
  state?: string;
}

export interface PageNote {
  /** The first is the management account. */
  accounts: readonly PageAccountNote[];
  /** What the file has. */
  file: object;
  /** What is live, as a file would say it; without it, what the file asks for. */
  live?: object;
  question?: AccessQuestion;
  /** What is live by another name than the file could have. */
  liveNames?: ReadonlyMap<string, string>;
}

/** When pages of tests are made. */
export const pageTime = new Date('2026-06-15T12:00:00Z');
/** Of all pages, so that each permission set is judged once. */
const policiesThen = loadPolicies(pageTime);

/** The answer about an organization, and the data of its page, without a service. */
export async function pageOf({ accounts, file, live = file, question = {}, liveNames = new Map() }: PageNote): Promise<{
  answer: AccessAnswer;
  data: PageData;
}> {
  const context = contextOf(accounts);
  const compiled = compileDesired(load(file), context, pageTime);
  const side: AccessSide = {
    source: { type: 'live' },
    state: renamed(compileDesired(load(live), context, pageTime).desired, liveNames),
    accounts: compiled.accounts,
    judging: { placeOf: placesOf(context), partition: 'aws' },
    instance: context.instance.arn,
    region: context.instance.region,
    organization: context.organization,
    file: compiled,
  };
  const policies = await policiesThen;
  const answer = answerAccess(side, question, policies, pageTime);
  return { answer, data: pageData(answer, pageSources(side, question, policies)) };
}

/** An organization at two times: the file of each says what is there and when it ends. */
export interface DifferenceNote extends Pick<PageNote, 'accounts' | 'question'> {
  before: object;
  after: object;
  /** What is there by another name than a file could have. */
  liveNames?: ReadonlyMap<string, string>;
}

/** What a page of a difference shows, and what `idc diff` says of the same. */
export async function differencePageOf({
  accounts,
  before,
  after,
  question = {},
  liveNames = new Map(),
}: DifferenceNote): Promise<{
  data: PageData;
  access: StateDifference['access'];
}> {
  const context = contextOf(accounts);
  const sideOf = (file: object, name: string): AccessSide => {
    const compiled = compileDesired(load(file, name), context, pageTime);
    return {
      source: { type: 'file', file: name },
      state: renamed(compiled.desired, liveNames),
      accounts: compiled.accounts,
      judging: { placeOf: placesOf(context), partition: 'aws' },
      instance: context.instance.arn,
      region: context.instance.region,
      organization: context.organization,
      file: compiled,
    };
  };
  const sides = [sideOf(before, 'before.yaml'), sideOf(after, 'after.yaml')] as const;
  const sources = { before: sides[0].source, after: sides[1].source };
  const policies = await policiesThen;
  const { difference, facts } = differenceOf(sides, sources, question, policies);
  const held = accessOfBoth(sides, facts, question, policies);
  return {
    data: differenceData({ held, sides, sources, question, policies }, pageTime),
    access: difference.access,
  };
}

/** The same things, with other texts for some of theirs. */
function renamed(state: LiveState, names: ReadonlyMap<string, string>): LiveState {
  if (names.size === 0) return state;
  const other = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(other);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, other(one)]));
  };
  return new State([...state.values()].map(({ ownKind, spec }) => new Thing(ownKind, other(spec))));
}

const load = (document: object, name = 'identity.yaml') =>
  loadIdentityFile(name, () => JSON.stringify({ version: 1, ...document }, null, 1));

function contextOf(accounts: readonly PageAccountNote[]): AwsContext {
  // Each unit with those above it.
  const above = (path: string): string[] => path.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'));
  const paths = [...new Set(accounts.flatMap(({ unit }) => (unit === undefined ? [] : above(unit))))];
  const idOf = (path: string): string =>
    path === '' ? 'r-abcd' : `ou-abcd-${String(paths.indexOf(path)).padStart(8, '0')}`;
  const managementAccountId = accounts[0]?.id ?? '';
  return {
    instance: {
      arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      region: 'eu-central-1',
      partition: 'aws',
      identityStoreId: 'd-0123456789',
      ownerAccountId: managementAccountId,
      managementAccountId,
    },
    organization: {
      managementAccountId,
      accounts: new Map(
        accounts.map(({ unit = '', state = 'ACTIVE', ...account }) => [
          account.id,
          { ...account, state, parents: ['r-abcd', ...(unit === '' ? [] : above(unit).map(idOf))] },
        ]),
      ),
      units: [...new Set(['', ...paths])].map((path) => ({ id: idOf(path), path })),
    },
    caller: undefined,
  };
}

/** What a permission set is: its power in a member account, whether that is administrator under a condition, and what is in it. */
export interface KnownSet {
  power: Power;
  conditional?: true;
  /** How it leads to s3:DeleteBucket; absent where it does not. */
  deletes?: Reaches;
  entry: object;
}

export const underMfa = {
  power: 'raise',
  conditional: true,
  deletes: 'in-part',
  entry: { inlinePolicy: policyOf('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) },
} as const satisfies KnownSet;

/** Permission sets of which it is known what they are, by name. */
export const knownSets = {
  Admin: { power: 'administrator', deletes: 'certain', entry: { managedPolicies: ['AdministratorAccess'] } },
  Mfa: underMfa,
  Raiser: { power: 'raise', deletes: 'by-raising', entry: { inlinePolicy: policyOf('iam:PutRolePolicy') } },
  Custom: { power: 'unknown', deletes: 'unknown', entry: { customerManagedPolicies: [{ name: 'team', path: '/' }] } },
  Writer: { power: 'write', deletes: 'certain', entry: { inlinePolicy: policyOf('s3:DeleteBucket') } },
  Reader: { power: 'read', entry: { managedPolicies: ['SecurityAudit'] } },
} as const satisfies Record<string, KnownSet>;

export const knownSetEntries = Object.fromEntries(Object.entries(knownSets).map(([name, { entry }]) => [name, entry]));

export function policyOf(action: string, more: object = {}): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }] };
}
