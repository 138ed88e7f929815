import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitProfiles, type ProfileGrant } from '../../src/profiles/emit.ts';
import { parseWithBotocore, parseWithSdk, whyNoBotocore } from './aws-parsers.ts';
import { depth } from '../support/depth.ts';

const accounts = fc.constantFrom('000000000001', '111122223333', '444455556666', '777788889999');

// Few characters and short names, so that they collide often; and now and then any text at all.
const permissionSet = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '=', ',', '-', '+'), minLength: 1, maxLength: 3 }),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ09_+=,.@-')), minLength: 1, maxLength: 32 }),
);
const accountName = fc.oneof(
  fc.constantFrom(
    'default',
    '__proto__',
    'constructor',
    'toString',
    'sso-session.s',
    'a',
    'a-111122223333',
    '',
    '本番',
  ),
  fc.string({
    unit: fc.constantFrom('a', ' ', '-', '#', ';', ']', '"', "'", '\\', '\n', '=', '\u001B', '\u202E'),
    maxLength: 4,
  }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const template = fc.constantFrom(
  '{permissionSet}-{accountId}',
  '{account}',
  '{permissionSet}',
  '{account}/{permissionSet}',
  'same',
  'default',
);

const emit = (grants: ProfileGrant[], profileName: string) =>
  emitProfiles({
    user: 'hanako',
    grants,
    settings: {
      sessionName: 's',
      startUrl: 'https://d-1234567890.awsapps.com/start',
      ssoRegion: 'us-east-1',
      registrationScopes: ['sso:account:access'],
      profileName,
    },
  });

const anyInput = fc
  .record({
    grants: fc.uniqueArray(fc.tuple(accounts, permissionSet), {
      selector: ([id, set]) => `${id}/${set}`,
      maxLength: 12,
    }),
    accountNames: fc.array(accountName, { minLength: 4, maxLength: 4 }),
    template,
    seed: fc.infiniteStream(fc.nat()),
  })
  .map(({ grants, accountNames, template, seed }) => {
    const nameOf = (id: string): string => accountNames[Number(id) % 4] ?? '';
    const list = grants.map(([accountId, set]) => ({ accountId, accountName: nameOf(accountId), permissionSet: set }));
    const shuffled = list
      .map((entry) => ({ entry, rank: seed.next().value }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ entry }) => entry);
    return { list, shuffled, template };
  });

const pairs = (list: { accountId?: string | undefined; permissionSet?: string | undefined }[]): string[] =>
  list.map(({ accountId, permissionSet }) => `${accountId}/${permissionSet}`).sort();

describe('whatever accounts and permission sets are called', () => {
  it('every grant has a profile of its own with a safe name, which the SDK reads back, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async ({ list, shuffled, template }) => {
        const emitted = emit(list, template);
        expect(emit(shuffled, template)).toEqual(emitted);

        const headers = [...emitted.text.matchAll(/^\[(.*)$/gm)].map(([, header = '']) => header);
        expect(headers[0]).toBe('sso-session s]');
        const names = headers.slice(1);
        expect(names.every((name) => /^profile [A-Za-z0-9_.@:/+%][A-Za-z0-9_.@:/+%-]*\]$/.test(name))).toBe(true);
        expect(new Set(names).size).toBe(list.length);
        expect(names).not.toContain('profile default]');

        const { profiles, sessions } = await parseWithSdk(emitted.text);
        expect(Object.keys(sessions)).toEqual(['s']);
        expect(
          pairs(
            Object.values(profiles).map((keys) => ({
              accountId: keys['sso_account_id'],
              permissionSet: keys['sso_role_name'],
            })),
          ),
        ).toEqual(pairs(list));
        for (const keys of Object.values(profiles)) {
          expect(Object.keys(keys)).toEqual(['sso_session', 'sso_account_id', 'sso_role_name']);
        }
      }),
      depth(300),
    );
  });

  const missing = whyNoBotocore();
  it.skipIf(missing)(`the AWS CLI reads the same names and values${missing ? ` (${missing})` : ''}`, async () => {
    const texts = fc.sample(anyInput, depth(100)).map(({ list, template }) => emit(list, template).text);
    expect(await parseWithBotocore(texts)).toEqual(await Promise.all(texts.map(parseWithSdk)));
  });
});
