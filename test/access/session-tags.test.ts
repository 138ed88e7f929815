import { expect, it } from 'vitest';
import { changedTags } from '../../src/access/session-tags.ts';
import type { Step } from '../../src/core/plan.ts';
import { State, Thing } from '../../src/core/state.ts';
import { kinds } from '../../src/kinds/index.ts';
import { allow, set } from '../policies/sets.ts';
import { policies } from '../support/policies.ts';

const thing = (kind: string, spec: object): Thing => {
  const known = kinds.find(({ name }) => name === kind);
  if (!known) throw new Error(`there is no kind ${kind}`);
  return new Thing(known, spec);
};
const attributes = { role: '${path:title}', mail: '${path:emails[primary eq true].value}' };
const live = new State([thing('access-control-configuration', { attributes })]);
const person = { userName: 'Ann', givenName: 'Ann', familyName: 'A', displayName: 'Ann A' };

const update = (kind: string, before: object, after: object): Step => ({
  id: `${kind}/x`,
  action: 'update',
  kind,
  key: 'x',
  label: 'x',
  subjects: {},
  changes: [],
  dependsOn: [],
  normalised: {},
  before,
  after,
});

it('finds who has another value of an attribute that is passed on', () => {
  const tags = (before: object, after: object) =>
    changedTags(live, [update('user', { ...person, ...before }, { ...person, ...after })]).ofUser;
  expect([...tags({ title: 'Intern', email: 'a@example.com' }, { email: 'b@example.com' })]).toEqual([
    ['ann', ['mail', 'role']],
  ]);
  expect([...tags({ nickName: 'A' }, { nickName: 'B' })]).toEqual([]);
});

it('finds attributes whose source changes for everyone', () => {
  const after = { attributes: { role: '${path:userType}', team: '${path:nickName}', mail: attributes.mail } };
  const steps = [
    update('access-control-configuration', { attributes }, after),
    update('user', { ...person, title: 'Intern' }, { ...person, title: 'Lead' }),
  ];
  expect(changedTags(live, steps)).toEqual({ everyone: ['role', 'team'], ofUser: new Map() });
  expect(changedTags(live, [])).toEqual({ everyone: [], ofUser: new Map() });
});

it('finds the tags that policies ask for, in conditions and by variables', () => {
  const tagged = {
    StringEquals: { 'aws:PrincipalTag/Team': 'ops', 'ec2:ResourceTag/role': '${aws:PrincipalTag/Role}' },
  };
  const asked = set(
    allow('ec2:StartInstances', '*', tagged),
    allow('s3:GetObject', "arn:aws:s3:::home/${aws:PrincipalTag/Mail, 'none'}/*"),
  );
  expect(policies.judge(asked).principalTags).toEqual(['mail', 'role', 'team']);
  expect(policies.judge(set('ReadOnlyAccess')).principalTags).toEqual([]);
});
