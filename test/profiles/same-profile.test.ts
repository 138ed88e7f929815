import { expect, it } from 'vitest';
import { differences } from '../../src/profiles/same-profile.ts';
import type { Section } from '../../src/profiles/section.ts';

const keys = { sso_session: 's', sso_account_id: '111122223333', sso_role_name: 'Read' };
const wanted: Section = { kind: 'profile', name: 'Read', keys };
const found = (more: Record<string, string>) =>
  ({
    kind: 'profile',
    name: 'Read',
    line: 1,
    keys: new Map(Object.entries({ ...keys, ...more })),
    entries: [],
  }) as const;

it('a value that is another than its session has is refused by the clients', () => {
  const session = {
    kind: 'sso-session',
    name: 's',
    line: 1,
    keys: new Map([['sso_region', 'us-east-1']]),
    entries: [],
  } as const;
  expect(differences(found({ sso_region: 'us-east-1', sso_start_url: 'x' }), wanted, session)).toEqual([]);
  expect(differences(found({ sso_region: 'eu-west-1' }), wanted, session)).toEqual([
    { key: 'sso_region', is: 'eu-west-1', wanted: 'us-east-1' },
  ]);
});

it('a region of its own makes no other profile', () => {
  expect(differences(found({ region: 'eu-west-1' }), wanted)).toEqual([]);
});

it.each(['role_arn', 'source_profile', 'credential_process', 'aws_access_key_id'])('credentials by %s do', (key) => {
  expect(differences(found({ [key]: 'x' }), wanted)).toEqual([{ key, is: 'x' }]);
});
