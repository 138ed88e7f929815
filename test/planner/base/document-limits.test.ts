import { depth } from '../../support/depth.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentityDocument } from '../../../src/config/schema/document.ts';
import { compareDocuments, isAtMost } from '../../../src/planner/base/document-limits.ts';
import { removalLimit } from '../../../src/reconcile/guards.ts';
import { change } from '../../support/changes.ts';
import { load } from '../../support/live.ts';

/** What the files include is not read: a limit is what they may. */
const documentOf = (parts: object): IdentityDocument => {
  const { include, ...others } = parts as Pick<IdentityDocument, 'include'>;
  return { ...load(others).document, ...(include && { include }) };
};

/** `+` before what loosens: `+ safety.maxRemovals: 5 -> 60`. */
const told = (before: object, after: object): string[] =>
  compareDocuments(documentOf(before), documentOf(after)).map(
    (limit) => `${limit.loosens ? '+' : '-'} ${limit.key}: ${limit.before ?? 'none'} -> ${limit.after ?? 'none'}`,
  );

const admin = { user: 'ann', account: 'production', permissionSet: 'Admin' };
const adminText = '{ user: ann, account: production, permissionSet: Admin }';
const people = { users: { ann: { givenName: 'A', familyName: 'A' } }, permissionSets: { Admin: {}, Reader: {} } };
const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
type Include = NonNullable<IdentityDocument['include']>[number];
type Scope = NonNullable<Exclude<Include, string>['scope']>;

const included = (scope?: Scope): { include: Include[] } => ({
  include: [scope === undefined ? 'teams/*.yaml' : { file: 'teams/*.yaml', scope }],
});

describe('each kind of limit', () => {
  it.each<[string, object, object, string[]]>([
    [
      'the default profile of a person, which loosens nothing',
      people,
      {
        ...people,
        users: { ann: { ...people.users.ann, cli: { default: { account: 'production', permissionSet: 'Admin' } } } },
      },
      ['- users.ann.cli.default: none -> { account: production, permissionSet: Admin }'],
    ],
    ['an onboarding message that comes', {}, { cli: { onboarding: 'Hello' } }, ['+ cli.onboarding: none -> Hello']],
    [
      'an onboarding message of several lines, by the lines that differ',
      { cli: { onboarding: 'Hello\n\nAsk in #aws.\nBye.\n' } },
      { cli: { onboarding: 'Hello\n\nAsk in #cloud:\nnow.\nBye.\nSee you.\n' } },
      ['+ cli.onboarding: "Ask in #aws." -> "Ask in #cloud:\\nnow."', '+ cli.onboarding: none -> See you.'],
    ],
    [
      'lines of an onboarding message that change places',
      { cli: { onboarding: 'a\nb\n' } },
      { cli: { onboarding: 'b\na\n' } },
      ['+ cli.onboarding: a -> none', '+ cli.onboarding: none -> a'],
    ],
    [
      'no blank line at the end of an onboarding message, which is not sent',
      { cli: { onboarding: 'a\nb\n\n' } },
      { cli: { onboarding: 'a\nb' } },
      [],
    ],
    [
      'a higher limit of removals',
      { safety: { maxRemovals: 5 } },
      { safety: { maxRemovals: 60 } },
      ['+ safety.maxRemovals: 5 -> 60'],
    ],
    [
      'a lower limit of removals',
      { safety: { maxRemovals: '25%' } },
      { safety: { maxRemovals: '10%' } },
      ['- safety.maxRemovals: 25% -> 10%'],
    ],
    ['a limit of removals taken out', { safety: { maxRemovals: 1 } }, {}, ['+ safety.maxRemovals: 1 -> none']],
    [
      'an allowance',
      {},
      { safety: { allow: { removals: 9, until: '2027-01-31' } } },
      ['+ safety.allow: none -> { removals: 9, until: 2027-01-31 }'],
    ],
    [
      'an allowance of less',
      { safety: { allow: { removals: 9, until: '2027-01-31' } } },
      { safety: { allow: { removals: 9, until: '2027-01-30' } } },
      ['- safety.allow: { removals: 9, until: 2027-01-31 } -> { removals: 9, until: 2027-01-30 }'],
    ],
    [
      'an allowance that ends later',
      { safety: { allow: { removals: 9, until: '2027-01-31' } } },
      { safety: { allow: { removals: 1, until: '2027-02-01' } } },
      ['+ safety.allow: { removals: 9, until: 2027-01-31 } -> { removals: 1, until: 2027-02-01 }'],
    ],
    [
      'an allowance taken out',
      { safety: { allow: { removals: 9, until: '2027-01-31' } } },
      {},
      ['- safety.allow: { removals: 9, until: 2027-01-31 } -> none'],
    ],
    [
      'a protected grant',
      people,
      { ...people, safety: { protected: [admin] } },
      [`- safety.protected: none -> ${adminText}`],
    ],
    [
      'a grant that is protected no more',
      { ...people, safety: { protected: [admin] } },
      { ...people, safety: { protected: [] } },
      [`+ safety.protected: ${adminText} -> none`],
    ],
    [
      'a rule',
      {},
      { rules: { deny: [{ accounts: ['production'] }] } },
      ['- rules.deny: none -> { accounts: [production] }'],
    ],
    [
      'a rule taken out, with its section',
      { rules: { deny: [{ accounts: ['production'] }] } },
      {},
      ['+ rules.deny: { accounts: [production] } -> none'],
    ],
    [
      'a rule of less',
      { rules: { deny: [{ users: ['a*'], accounts: ['*'] }] } },
      { rules: { deny: [{ users: ['ab*'], accounts: ['*'] }] } },
      ['+ rules.deny: { users: [a*], accounts: [*] } -> none', '- rules.deny: none -> { users: [ab*], accounts: [*] }'],
    ],
    [
      'direct assignments that are forbidden',
      { rules: { directUserAssignments: true } },
      { rules: { directUserAssignments: false } },
      ['- rules.directUserAssignments: none -> false'],
    ],
    [
      'direct assignments that are forbidden no more',
      { rules: { directUserAssignments: false } },
      { rules: { directUserAssignments: true } },
      ['+ rules.directUserAssignments: false -> none'],
    ],
    [
      'longer sessions',
      { rules: { maxSessionDuration: [{ accounts: ['production'], duration: '1h' }] } },
      { rules: { maxSessionDuration: [{ accounts: ['production'], duration: '2h' }] } },
      [
        '+ rules.maxSessionDuration: { accounts: [production], duration: 1h } -> none',
        '- rules.maxSessionDuration: none -> { accounts: [production], duration: 2h }',
      ],
    ],
    ['something ignored', {}, { ignore: { permissionSets: ['AWS*'] } }, ['+ ignore.permissionSets: none -> AWS*']],
    [
      'something ignored no more',
      { ignore: { assignments: [{ account: '111122223333' }] } },
      {},
      ['- ignore.assignments: { account: "111122223333" } -> none'],
    ],
    ['the instance', {}, { identityCenter: { instanceArn: arn } }, [`+ identityCenter.instanceArn: none -> ${arn}`]],
    [
      'the directory',
      {},
      { identityCenter: { directory: 'external' } },
      ['+ identityCenter.directory: identity-center -> external'],
    ],
    [
      'the region',
      { identityCenter: { region: 'us-east-1' } },
      { identityCenter: { region: 'eu-central-1' } },
      ['+ identityCenter.region: us-east-1 -> eu-central-1'],
    ],
    [
      'where profiles sign in',
      {},
      { cli: { startUrl: 'https://example.com/start' } },
      ['+ cli.startUrl: none -> https://example.com/start'],
    ],
    [
      'what profiles of one account have',
      { cli: { accounts: { production: { output: 'json' } } } },
      { cli: { accounts: { production: { output: 'text' }, staging: { output: 'json' } } } },
      [
        '+ cli.accounts.production: { output: json } -> { output: text }',
        '+ cli.accounts.staging: none -> { output: json }',
      ],
    ],
    [
      'an account that a name means',
      { accounts: { a: '111122223333', b: '444455556666' } },
      { accounts: { a: '444455556666', c: '111122223333' } },
      [
        '+ accounts.a: "111122223333" -> "444455556666"',
        '+ accounts.b: "444455556666" -> none',
        '+ accounts.c: none -> "111122223333"',
      ],
    ],
    ['a section that is managed no more', { groups: {} }, {}, ['+ groups: managed -> not managed']],
    ['a section that is managed from now on', {}, { assignments: [] }, ['- assignments: not managed -> managed']],
    [
      'order, and entries that stand twice',
      { ignore: { groups: ['a', 'b', 'a'] } },
      { ignore: { groups: ['b', 'a'] } },
      [],
    ],
  ])('%s', (_what, before, after, limits) => {
    expect(told(before, after)).toEqual(limits);
  });
});

describe('included files', () => {
  const scope = { accounts: ['production', 'staging'], permissionSets: ['Reader'] };
  it.each<[string, object, object, string[]]>([
    ['a pattern', {}, included(), ['+ include: none -> teams/*.yaml']],
    ['a pattern taken out', included(), {}, ['+ include: teams/*.yaml -> none']],
    [
      'a scope',
      included(),
      included(scope),
      ['- include[teams/*.yaml].scope: none -> { accounts: [production, staging], permissionSets: [Reader] }'],
    ],
    [
      'a scope taken out',
      included(scope),
      included(),
      ['+ include[teams/*.yaml].scope: { accounts: [production, staging], permissionSets: [Reader] } -> none'],
    ],
    [
      'an account less',
      included(scope),
      included({ ...scope, accounts: ['staging'] }),
      ['- include[teams/*.yaml].scope.accounts: production -> none'],
    ],
    [
      'a permission set more',
      included(scope),
      included({ ...scope, permissionSets: ['Reader', '*'] }),
      ['+ include[teams/*.yaml].scope.permissionSets: none -> *'],
    ],
    [
      'a tag more, which all accounts must have',
      included({ accountTags: { env: 'dev' }, permissionSets: [] }),
      included({ accountTags: { env: 'dev', team: 'a' }, permissionSets: [] }),
      ['- include[teams/*.yaml].scope.accountTags: { env: dev } -> { env: dev, team: a }'],
    ],
    [
      'a tag less',
      included({ accountTags: { env: 'dev', team: 'a' }, permissionSets: [] }),
      included({ accountTags: { env: 'dev' }, permissionSets: [] }),
      ['+ include[teams/*.yaml].scope.accountTags: { env: dev, team: a } -> { env: dev }'],
    ],
    [
      'another value of a tag',
      included({ accountTags: { env: 'dev' }, permissionSets: [] }),
      included({ accountTags: { env: 'prod' }, permissionSets: [] }),
      ['+ include[teams/*.yaml].scope.accountTags: { env: dev } -> { env: prod }'],
    ],
  ])('%s', (_what, before, after, limits) => {
    expect(told(before, after)).toEqual(limits);
  });
});

it('a limit of removals is lower only where it is for every number of things', () => {
  const limit = fc.oneof(
    fc.constant(undefined),
    fc.nat(200),
    fc.nat(100).map((share) => `${share}%`),
  );
  const most = (of: string | number | undefined, total: number): number => Math.min(removalLimit(of)(total), total);
  fc.assert(
    fc.property(limit, limit, fc.nat(1000), (one, other, total) => {
      if (isAtMost(one, other)) expect(most(one, total)).toBeLessThanOrEqual(most(other, total));
      expect(isAtMost(one, one)).toBe(true);
    }),
    depth(100),
  );
});

it('what is the same has no limits, and what has one way back has the same the other way', () => {
  const guards = fc.record(
    {
      safety: fc.record(
        { maxRemovals: fc.nat(9), protected: fc.uniqueArray(fc.constant(admin), { maxLength: 1 }) },
        { requiredKeys: [] },
      ),
      ignore: fc.record(
        { groups: fc.subarray(['a', 'b', 'c*']), users: fc.subarray(['d', 'e']) },
        { requiredKeys: [] },
      ),
      rules: fc.record(
        { deny: fc.subarray([{ accounts: ['production'] }, { users: ['x*'] }]), directUserAssignments: fc.boolean() },
        { requiredKeys: [] },
      ),
      cli: fc.record({ sessionName: fc.constantFrom('a', 'b') }),
    },
    { requiredKeys: [] },
  );
  const whole = (parts: object): IdentityDocument => documentOf({ ...people, ...parts });
  const turn = ({ key, before, after }: { key: string; before: string | null; after: string | null }): string =>
    JSON.stringify([key, after, before]);
  fc.assert(
    fc.property(guards, guards, (one, other) => {
      const [a, b] = [whole(one), whole(other)];
      expect(compareDocuments(a, whole(structuredClone(one)))).toEqual([]);
      const [there, back] = [compareDocuments(a, b), compareDocuments(b, a)];
      expect(there.map(turn).sort()).toEqual(
        back.map(({ key, before, after }) => JSON.stringify([key, before, after])).sort(),
      );
      // What narrows loosens on the way back.
      const loose = new Set(
        back.filter(({ loosens }) => loosens).map(({ key, before, after }) => JSON.stringify([key, before, after])),
      );
      for (const limit of there) if (!limit.loosens) expect(loose).toContain(turn(limit));
    }),
    depth(100),
  );
});

it('what people are granted is not a limit', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const limits = compareDocuments(documentOf(before), documentOf(after));
      expect(limits.filter(({ after: text }) => text !== 'managed' && text !== 'not managed')).toEqual([]);
    }),
    depth(50),
  );
});
