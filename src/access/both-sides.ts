import type { AccessQuestion, AccessSet, AccessUser } from '../core/access-answer.ts';
import type { JudgedFacts, PowerCause, SetEdit } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { thingsOf } from '../core/of-kind.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user } from '../kinds/user/kind.ts';
import type { Policies } from '../policies/load.ts';
import { allowedSets } from './allowed-sets.ts';
import { holdersAmong, judgedSet, usersOf } from './answer.ts';
import { grantsOf, type Grants, type Held, type SidedGrant, type SidedOrigin } from './grants.ts';
import type { Side } from './holdings.ts';
import { nameOn } from './names-on.ts';
import { createOrigins } from './origin.ts';
import { powerCause } from './power-cause.ts';
import { productionOf } from './production.ts';
import { knowMovedEnds, type AccessSide } from './side.ts';

/** A permission set as it is on the later side, or was where it is gone. */
export interface SidedSet extends AccessSet {
  /** Undefined where it is not there. */
  spec?: PermissionSetSpec;
  /** What it was, where it is edited, or is made anew under another name; and what that means. */
  was?: { set: AccessSet; spec?: PermissionSetSpec; edit: SetEdit };
}

/** A user, and on which side they are where it is one alone. */
export interface SidedUser extends AccessUser {
  side?: Side;
}

/** All that is held on one side or the other, each thing once: what is on both, and what is on one alone. */
export interface AccessOfBoth extends Grants {
  /** Names by 12-digit id. */
  accounts: Record<string, string>;
  managementAccount?: string;
  production?: string[];
  /** Who holds something on either side, sorted by name. */
  users: SidedUser[];
  /** All that grants name, sorted by name. */
  permissionSets: SidedSet[];
  /** Both sides know of ends, and not from the same file: where they differ, an end was moved. */
  knowsMovedEnds: boolean;
}

/**
 * Who holds what on either of two sides. Pure.
 * @param facts of both, as `compareAccess` found them
 */
export function accessOfBoth(
  [before, after]: readonly [AccessSide, AccessSide],
  facts: JudgedFacts,
  question: AccessQuestion,
  policies: Policies,
): AccessOfBoth {
  const users = usersOfBoth(before, after);
  const specs = { before: specsOf(before), after: specsOf(after) };
  const allowed = {
    before: allowedSets(before.state, question, policies),
    after: allowedSets(after.state, question, policies),
  };
  const knowsMovedEnds = knowMovedEnds(before, after);
  const found = grantsOf(
    {
      facts,
      originOf: sidedOrigins(before, after, knowsMovedEnds),
      nameOf: (key) => users.get(key)?.name ?? key,
      allows: (name, side) => allowed[side].get(name),
    },
    question,
  );
  const isAsked = (account: string): boolean => question.accounts?.includes(account) !== false;
  const granted = found.grants.flatMap((grant) => grant.accounts);
  const ids = [...new Set([...after.accounts.ids, ...before.accounts.ids, ...granted])].filter(isAsked).sort();
  const managementAccount = ids.find((account) => after.judging.placeOf(account) === 'management');
  const production = [after, before].flatMap((side) => productionOf(side) ?? [])[0];
  const names = [...new Set(found.grants.map((grant) => grant.permissionSet))].sort(compareTexts);
  return {
    ...found,
    grants: found.grants.map((grant) => withCauses(facts, grant)),
    accounts: Object.fromEntries(ids.map((id) => [id, after.accounts.names.account(id)])),
    ...(managementAccount !== undefined && { managementAccount }),
    ...(production && 'accounts' in production && { production: production.accounts.filter(isAsked) }),
    users: holdersAmong([...users.values()], found),
    permissionSets: names.map((name) => sidedSet(name, specs, facts, policies)),
    knowsMovedEnds,
  };
}

/** With why it has its power, and whether that was by a condition before and is not, or the other way round. */
function withCauses(facts: JudgedFacts, grant: SidedGrant): SidedGrant {
  const { permissionSet: name, accounts, side, was } = grant;
  const on = (of: Side): PowerCause => powerCause(facts, of, nameOn(facts, of, name), accounts);
  const cause = on(side ?? 'after');
  const isConditional = side === undefined && on('before').conditions !== undefined;
  const isOther = side === undefined && isConditional !== (cause.conditions !== undefined);
  return { ...grant, cause, ...((was || isOther) && { was: { ...was, ...(isOther && { isConditional }) } }) };
}

/** By key: as the later side has them, and those whom it no longer has. */
export function usersOfBoth(before: AccessSide, after: AccessSide): Map<string, SidedUser> {
  const [was, is] = [usersOf(before), usersOf(after)];
  // A file does not say who is disabled: what AWS has says it.
  const isKnown = new Set(
    thingsOf(user, after.state).flatMap(({ id, key: [key = ''] }) => (id === undefined ? [] : key)),
  );
  const gone = [...was]
    .filter(([key]) => !is.has(key))
    .map(([key, one]): [string, SidedUser] => [key, { ...one, side: 'before' }]);
  const there = [...is].map(([key, one]): [string, SidedUser] => {
    const old = was.get(key);
    const isDisabled = !isKnown.has(key) && old?.isDisabled;
    return [key, { ...one, ...(isDisabled && { isDisabled }), ...(!old && { side: 'after' as const }) }];
  });
  return new Map([...gone, ...there]);
}

type Specs = Record<'before' | 'after', Map<string, { id?: string; spec: PermissionSetSpec }>>;

const specsOf = ({ state }: AccessSide): Specs['after'] =>
  new Map(thingsOf(permissionSet, state).map((thing) => [thing.spec.name, thing]));

function sidedSet(name: string, specs: Specs, facts: JudgedFacts, policies: Pick<Policies, 'judge'>): SidedSet {
  const set = specs.after.get(name) ?? specs.before.get(name);
  const old = nameOn(facts, 'before', name);
  const isEdited = old !== name || facts.editedSets.has(name);
  const edit = isEdited ? facts.editOf(name, old) : undefined;
  const was = specs.before.get(old);
  return {
    ...judgedSet(name, set, policies),
    ...(set && { spec: set.spec }),
    ...(edit && was && { was: { set: judgedSet(old, was, policies), spec: was.spec, edit } }),
  };
}

/** What the file of a side has to do with something: of what is on both, that of the later side. */
function sidedOrigins(before: AccessSide, after: AccessSide, knowsMovedEnds: boolean): Held['originOf'] {
  const [originBefore, originAfter] = [createOrigins(before), createOrigins(after)];
  return ({ address, status }): SidedOrigin => {
    if (status === 'created') return { ...originAfter(address), side: 'after' };
    if (status === 'deleted') return { ...originBefore(address), side: 'before' };
    const origin = originAfter(address);
    if (!knowsMovedEnds) return origin;
    const { until } = originBefore(address);
    return until === origin.until ? origin : { ...origin, was: { end: until === undefined ? {} : { until } } };
  };
}
