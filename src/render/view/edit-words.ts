import type { ChangedRaise } from '../../core/access-answer.ts';
import type { NewAdministrators, SetEdit } from '../../core/access.ts';
import {
  actionClasses,
  type ActionClass,
  type Limit,
  type Move,
  type PolicyData,
  type PolicyDifference,
} from '../../core/policy-difference.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { joinWords, nounCount } from '../../core/words.ts';
import { listOf } from './wording.ts';

/** What an edit of a permission set means, in clauses that its name comes before. */
export interface EditWords {
  /** At most two, the gravest first: `gains 177 actions in s3: …`. */
  lead: string[];
  /** What the lead has no room for, and how limits differ. */
  rest: string[];
  /** `gains 177 actions`, for a heading. */
  title: string;
}

/** The lines of one set in a lead. */
const inLead = 2;
/** The actions that are named without a count, and the services, patterns and policies. */
const few = 3;
const services = 3;
const powersInLine = 4;

export function editWords(edit: SetEdit, raise?: ChangedRaise): EditWords {
  const { policies, sessionDuration, outdatedRoles, replaces } = edit;
  const grave = policies.moves.filter((move) => !isMinor(move));
  const moves = [...grave, ...policies.moves.filter(isMinor)];
  const clauses = [
    ...policies.unknownJoins.map(
      (name) => `gets ${policyName(name)}, a policy of unknown content: what it allows or denies is not known`,
    ),
    ...policies.unknownLeaves.map((name) => `loses ${policyName(name)}, a policy of unknown content`),
    ...boundaryWords(policies),
    ...moves.map(moveWords),
  ];
  const consequences = [...administratorWords(policies), ...raiseWords(raise), ...roleWords(policies)];
  const isSame = clauses.length === 0 && consequences.length === 0;
  const isOfSessions = isSame && sessionDuration !== undefined && !replaces && outdatedRoles === undefined;
  const [first, ...others] = isSame
    ? [isOfSessions ? 'it allows the same as before' : 'allows the same as before']
    : clauses;
  const sessions = sessionDuration ? [sessionWords(sessionDuration)] : [];
  const lines = [
    [
      ...(replaces ? [replacesWords(replaces)] : []),
      ...(isOfSessions ? sessions : []),
      ...(first === undefined ? [] : [first]),
      ...consequences,
      ...(isOfSessions ? [] : sessions),
      ...(outdatedRoles === undefined
        ? []
        : [
            `out-of-date roles in ${nounCount(outdatedRoles, ['account', 'accounts'])} are provisioned again: what they allow until then is not known`,
          ]),
    ].join('; '),
    ...others,
  ];
  return {
    lead: lines.slice(0, inLead),
    rest: [...lines.slice(inLead), ...policies.moves.flatMap(limitLines)],
    title: titleWords(edit, moves),
  };
}

/** `has longer sessions (8h instead of 1h)` */
const sessionWords = ({ before, after }: NonNullable<SetEdit['sessionDuration']>): string =>
  `has ${minutesOf(after) > minutesOf(before) ? 'longer' : 'shorter'} sessions (${hours(after)} instead of ${hours(before)})`;

/** Of an ISO 8601 duration, as the service writes it. */
function minutesOf(duration: string): number {
  const [, h = '0', m = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(duration) ?? [];
  return Number(h) * 60 + Number(m);
}

/** What one reads first of several edits: lower is graver. */
export function gravityOf({ policies }: SetEdit, raise?: ChangedRaise): number {
  const { administrator, moves, unknownJoins, unknownBoundary } = policies;
  if (administrator.before !== administrator.after) return 0;
  if (unknownJoins.length > 0 || unknownBoundary || raise?.side === 'gained') return 1;
  if (moves.some((move) => isWidening(move) && !isReading(move))) return 2;
  return moves.some((move) => !isMinor(move)) ? 3 : moves.length > 0 ? 4 : 5;
}

/** What it allows may be more than before. */
const isWidening = ({ kind, limits }: Move): boolean =>
  kind === 'otherLimits'
    ? limits?.direction !== 'narrower'
    : kind === 'gains' || kind === 'losesLimits' || kind === 'undenied';

/** Gains that read settings alone, of which no action is to be named. */
const isMinor = (move: Move): boolean => isReading(move) && move.named.length === 0;

/** Gains that read settings alone. */
const isReading = ({ kind, classes, count }: Move): boolean => kind === 'gains' && classes.read === count;

/** A customer managed policy without the path that most have. */
export const policyName = (name: string): string => sanitizeName(name.replace(/^\/(?=[^/]+$)/, ''));

const replacesWords = ({ permissionSet, assignments }: NonNullable<SetEdit['replaces']>): string =>
  `replaces ${sanitizeName(permissionSet)} (${nounCount(assignments, ['assignment moves', 'assignments move'])})`;

function titleWords({ policies, replaces, sessionDuration }: SetEdit, moves: readonly Move[]): string {
  const { unknownJoins, unknownLeaves, unknownBoundary } = policies;
  // What is allowed more or no longer allowed; where there is none of it, the gravest of the rest.
  const hasAll = moves.some(({ kind, everythingBut }) => kind === 'gains' && everythingBut);
  const first = moves.filter((move) => isFirst(move) && !(hasAll && isOfLimits(move)));
  const parts = [
    ...(replaces ? [`replaces ${sanitizeName(replaces.permissionSet)}`] : []),
    ...(unknownJoins.length > 0 ? ['gets a policy of unknown content'] : []),
    ...(unknownLeaves.length > 0 ? ['loses a policy of unknown content'] : []),
    ...(unknownBoundary ? [boundaryVerb(unknownBoundary)] : []),
    ...(first.length > 0 ? first : moves.slice(0, 1)).map((move) => `${verbOf(move)} ${amountOf(move)}`),
    ...(sessionDuration ? [sessionWords(sessionDuration)] : []),
  ];
  return parts.length === 0 ? 'is edited and allows the same' : joinWords(parts);
}

const isFirst = (move: Move): boolean => isWidening(move) || move.kind === 'loses';

/** With everything else that comes, limits that go are told in the lines below. */
const isOfLimits = ({ kind }: Move): boolean => kind === 'losesLimits' || kind === 'otherLimits';

type Boundary = NonNullable<PolicyDifference['unknownBoundary']>;

const boundaryVerb = ({ before, after }: Boundary): string =>
  after === null
    ? 'loses a permissions boundary of unknown content'
    : `gets ${before === null ? 'a' : 'another'} permissions boundary of unknown content`;

/** `gets another permissions boundary of unknown content: edge2 instead of edge` */
function boundaryWords({ unknownBoundary: boundary }: PolicyDifference): string[] {
  if (!boundary) return [];
  const names = [boundary.after, boundary.before].flatMap((name) => (name === null ? [] : [policyName(name)]));
  return [`${boundaryVerb(boundary)}: ${names.join(' instead of ')}`];
}

/** `has wider limits on` */
function verbOf({ kind, limits }: Move): string {
  if (kind !== 'otherLimits' || !limits || limits.direction === 'other') return verbs[kind];
  return limits.direction === 'wider' ? 'has wider limits on' : 'has tighter limits on';
}

const verbs = {
  gains: 'gains',
  losesLimits: 'no longer limits',
  otherLimits: 'has other limits on',
  undenied: 'no longer denies',
  getsLimits: 'gets limits on',
  loses: 'loses',
  denied: 'newly denies',
} as const satisfies Record<Move['kind'], string>;

/** `177 actions`, `iam:PassRole`, `all actions but iam:*`. */
function amountOf({ kind, count, named, everythingBut }: Move): string {
  if (everythingBut) {
    if (kind === 'loses') return `all actions${everythingBut.actions === 0 ? '' : ` but ${everythingBut.actions}`}`;
    const but = everythingBut.patterns.length === 0 ? '' : ` but ${listOf(everythingBut.patterns.map(sanitize), few)}`;
    return `all actions${but}`;
  }
  return count <= few ? joinWords(named.map(sanitize)) : `${count} actions`;
}

function moveWords(move: Move): string {
  const { kind, count, named, inPart, everythingBut } = move;
  const head = `${verbOf(move)} ${amountOf(move)}`;
  const part = kind === 'gains' ? partWords(count, inPart) : '';
  if (!everythingBut && count <= few) return `${head}${part}`;
  const names =
    named.length === 0 ? '' : ` (${[...named.map(sanitize), ...(named.length < count ? ['…'] : [])].join(', ')})`;
  if (everythingBut) {
    const before = kind === 'gains' ? `, of which it allowed ${everythingBut.actions} before` : '';
    return `${head}${before}${names}${part}`;
  }
  const where = listOf(
    move.services.map(({ service }) => service),
    services,
    'more services',
  );
  return `${head} in ${where}: ${classCounts(move)}${names}${part}`;
}

const classWords: Record<ActionClass, string> = {
  manageAccess: 'manage access',
  readData: 'read data or secrets',
  write: 'write',
  read: 'read settings or list',
};

const classCounts = ({ classes }: Move): string =>
  actionClasses
    .flatMap((kind) => (classes[kind] === undefined ? [] : [`${classes[kind]} ${classWords[kind]}`]))
    .join(', ');

/** Of what is gained: at some resources alone, or under a condition. */
function partWords(count: number, inPart: number): string {
  if (inPart === 0) return '';
  return inPart === count
    ? ', limited by resource or condition'
    : `, ${inPart} of them limited by resource or condition`;
}

function administratorWords({ administrator: { before, after, by } }: PolicyDifference): string[] {
  if (before === after) return [];
  if (after === 'yes') return [`becomes administrator${byWords(by)}`];
  const lost = before === 'yes' ? 'no longer administrator' : '';
  if (after === 'no') return [lost === '' ? 'no longer administrator under a condition' : lost];
  return [lost === '' ? 'becomes administrator under a condition' : 'administrator only under a condition'];
}

/** `its holders can now raise their own rights by iam:PutRolePolicy` */
const raiseWords = (raise: ChangedRaise | undefined): string[] =>
  raise === undefined
    ? []
    : [
        raise.side === 'gained'
          ? `its holders can now raise their own rights${byWords(raise.by)}`
          : 'its holders can no longer raise their own rights',
      ];

/** ` by iam:CreateRole and iam:AttachRolePolicy`, ` with every action except s3:*`; empty where it is everything. */
export function byWords(by: NewAdministrators['by']): string {
  if (by.length === 0 || (by.length === 1 && by[0] === '*')) return '';
  return by.includes('*') ? ` with ${powersList(by)}` : ` by ${powersList(by)}`;
}

/** `every action except s3:*`, or the actions. */
export function powersList(powers: readonly string[], limit = powersInLine): string {
  if (!powers.includes('*')) return listOf(powers.map(powerText), limit, 'more');
  const excepted = powers.flatMap((power) => (power.startsWith('!') ? sanitize(power.slice(1)) : []));
  return `every action${excepted.length === 0 ? '' : ` except ${listOf(excepted, few)}`}`;
}

/** `iam:PassRole for lambda.amazonaws.com`, of an action and where it applies. */
const powerText = (power: string): string => sanitize(power.replace(' ', ' for '));

/** What roles that the account has give to who may newly use them; to an administrator they give nothing more. */
function roleWords({ administrator, passesAnyRoleTo, assumesAnyRole }: PolicyDifference): string[] {
  if (administrator.after === 'yes') return [];
  const names = passesAnyRoleTo.map(({ service }) => sanitize(service.replace(/\.amazonaws\.com$/, '')));
  return [
    ...(names.length > 0 ? [`can now pass any role to ${listOf(names, services, 'more services')} and start it`] : []),
    ...(assumesAnyRole ? ['can now assume any role that trusts the account'] : []),
  ];
}

/** Of other limits, each that came or went. */
const limitLines = ({ limits }: Move): string[] =>
  limits
    ? [
        ...limits.gone.map((limit) => `limit before: ${limitWords(limit)}`),
        ...limits.come.map((limit) => `limit after: ${limitWords(limit)}`),
      ]
    : [];

/** `allowed on arn:aws:s3:::site/* if aws:SourceVpc StringEquals vpc-1`. */
function limitWords({ allow, boundary, resource, except, conditions }: Limit): string {
  const what = `${allow ? 'allowed' : 'denied'}${boundary ? ' by the boundary' : ''}`;
  const where = resource === undefined ? 'every resource' : valueText(resource);
  const but = except ? ` but ${listOf(except.map(valueText), few)}` : '';
  const when = conditions.map(
    ({ written, values }) =>
      `${sanitize(written.key)} ${sanitize(written.operator)} ${listOf(values.map(valueText), few)}`,
  );
  return `${what} on ${where}${but}${when.length === 0 ? '' : ` if ${joinWords(when)}`}`;
}

/** A value as a policy has it; `the text ${aws:username}` where that is no variable, which a policy writes as `${$}{aws:username}`. */
function valueText(value: string): string {
  const plain = value.replaceAll('${$}{', '{');
  // Beside a real variable the two could not be told apart.
  return plain === value || plain.includes('${')
    ? sanitize(value)
    : `the text ${sanitize(value.replaceAll('${$}', '$'))}`;
}

/** `8h`, `1h30m`, of an ISO 8601 duration. */
const hours = (duration: string): string => sanitize(duration.replace(/^PT/, '').toLowerCase());

/** `By the AWS data of 2026-09-26 (managed policies of 2026-09-16), as in the commercial partition.` */
export function dataWords({ actions, managedPolicies, otherPartition }: PolicyData): string {
  const policies = managedPolicies === actions ? '' : ` (managed policies of ${managedPolicies})`;
  const partition =
    otherPartition === undefined ? '' : `, as in the commercial partition, not ${sanitize(otherPartition)}`;
  return `By the AWS data of ${actions}${policies}${partition}.`;
}
