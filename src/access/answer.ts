import {
  ANSWER_FORMAT_VERSION,
  type AccessAnswer,
  type AccessGrant,
  type AccessGroup,
  type AccessQuestion,
  type AccessSet,
  type AccessUser,
} from '../core/access-answer.ts';
import type { JudgedFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { thingsOf } from '../core/of-kind.ts';
import { group } from '../kinds/group/kind.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';
import type { Policies } from '../policies/load.ts';
import { powersOf } from '../policies/power.ts';
import { allowedSets } from './allowed-sets.ts';
import { selectEntitlements } from './entitlements.ts';
import { grantsOf, type Grants, type Held } from './grants.ts';
import { judgedFacts } from './judged-facts.ts';
import { createOrigins } from './origin.ts';
import { createPeopleOf } from './people-of-grants.ts';
import { powerCause } from './power-cause.ts';
import { productionOf } from './production.ts';
import type { AccessSide } from './side.ts';
import { summarize } from './summary.ts';

/** Who holds what, and by which lines of the file. Pure. */
export function answerAccess(side: AccessSide, question: AccessQuestion, policies: Policies, now: Date): AccessAnswer {
  const { state, accounts } = side;
  const facts = judgedFacts(state, [], { ...side.judging, policies });
  const users = usersOf(side);
  const sets = new Map(thingsOf(permissionSet, state).map((thing) => [thing.spec.name, thing]));
  const allowed = allowedSets(state, question, policies);
  const origins = createOrigins(side);
  const held: Held = {
    facts,
    originOf: ({ address }) => origins(address),
    nameOf: (key) => users.get(key)?.name ?? key,
    allows: (name) => allowed.get(name),
  };
  const asked = (some: AccessQuestion): Grants => {
    const { grants, groups } = grantsOf(held, some);
    return { grants: grants.map((grant) => withCause(facts, grant)), groups };
  };
  const found = asked(question);
  const { administrators: _, ...wider } = question;
  const isAsked = (account: string): boolean => question.accounts?.includes(account) !== false;
  const accountAccess = selectEntitlements(side, question);
  const entitled = accountAccess && 'entitlements' in accountAccess ? accountAccess.entitlements : [];
  const granted = [...found.grants.flatMap((grant) => grant.accounts), ...entitled.map(({ account }) => account)];
  const ids = [...new Set([...accounts.ids, ...granted])].filter(isAsked).sort();
  const managementAccount = ids.find((account) => side.judging.placeOf(account) === 'management');
  const declared = productionOf(side);
  const production = declared && 'accounts' in declared ? declared.accounts.filter(isAsked) : undefined;
  const names = new Set(found.grants.map((grant) => grant.permissionSet));
  const permissionSets = [...names].sort(compareTexts).map((name) => judgedSet(name, sets.get(name), policies));
  const everyone = holdersAmong([...users.values()], found);
  return {
    formatVersion: ANSWER_FORMAT_VERSION,
    question,
    source: side.source,
    madeAt: now.toISOString(),
    ...(side.instance !== undefined && { instanceArn: side.instance }),
    accounts: Object.fromEntries(ids.map((id) => [id, accounts.names.account(id)])),
    ...(managementAccount !== undefined && { managementAccount }),
    ...(production && { production }),
    ...(side.file?.loaded.document.include && { inSeveralFiles: true as const }),
    summary: summarize({
      ...found,
      // Asked for administrators, those under a condition, or perhaps, are counted beside them.
      wider: question.administrators ? asked(wider) : found,
      isPerhaps: (name) => facts.administering('after', name).value === 'unknown',
      permissionSets,
      disabled: new Set([...users.values()].flatMap(({ name, isDisabled }) => (isDisabled ? name : []))),
      managementAccount,
      production,
      productionUnknown: declared && 'problem' in declared ? declared.problem : undefined,
      now,
    }),
    users: everyone,
    groups: withIds(side, found.groups),
    permissionSets,
    grants: found.grants,
    ...(accountAccess && { accountAccess }),
  };
}

function withCause(facts: JudgedFacts, grant: AccessGrant): AccessGrant {
  const cause = powerCause(facts, 'after', grant.permissionSet, grant.accounts);
  return Object.keys(cause).length === 0 ? grant : { ...grant, cause };
}

/** What a permission set allows. @param set undefined for one that is not there */
export function judgedSet(
  name: string,
  set: { id?: string; spec: PermissionSetSpec } | undefined,
  policies: Pick<Policies, 'judge'>,
): AccessSet {
  const judgement = policies.judge(set ? contentOf(set.spec) : { managedPolicies: [], customerManagedPolicies: [] });
  return {
    name,
    ...(set?.id !== undefined && { id: set.id }),
    ...(set?.spec.description !== undefined && { description: set.spec.description }),
    raises: [...powersOf(judgement, 'member')],
    actions: { everywhere: judgement.everywhere, inPart: judgement.inPart },
    unknown: judgement.unknown,
  };
}

/** By key. */
export function usersOf({ state }: AccessSide): Map<string, AccessUser> {
  return new Map(
    thingsOf(user, state).map((thing) => {
      const [key = ''] = thing.key;
      const { displayName, email, disabled }: UserSpec = thing.spec;
      const found: AccessUser = {
        // One who is being renamed goes by the new name.
        name: subjectKey(user.name, thing.spec.userName) === key ? thing.spec.userName : key,
        ...(thing.id !== undefined && { id: thing.id }),
        displayName,
        ...(email !== undefined && { email }),
        ...(disabled && { isDisabled: true as const }),
      };
      return [key, found];
    }),
  );
}

/** Those who hold something, also members whom nobody knows as users. */
export function holdersAmong<User extends AccessUser>(
  users: readonly User[],
  { grants, groups }: Grants,
): (User | AccessUser)[] {
  const holders = createPeopleOf(groups)(grants);
  const known = users.filter(({ name }) => holders.delete(name));
  const others = [...holders].map((name): AccessUser => ({ name, displayName: name }));
  return [...known, ...others].sort((a, b) => compareTexts(a.name, b.name));
}

const withIds = ({ state }: AccessSide, groups: Grants['groups']): AccessGroup[] =>
  groups.map(({ name, members }) => {
    const id = state.find(group.name, [name])?.id;
    return { name, ...(id !== undefined && { id }), members };
  });
