import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitProfiles } from '../../src/profiles/emit.ts';
import { mergeProfiles } from '../../src/profiles/merge-profiles.ts';
import { findBlocks, outsideBlocks, withBlock } from '../../src/profiles/managed-block.ts';
import { parseWithBotocore, parseWithSdk, whyNoBotocore } from './aws-parsers.ts';
import { handWritten } from './hand-written.ts';
import { depth } from '../support/depth.ts';

const { sections } = emitProfiles({
  user: 'hanako',
  grants: [
    { accountId: '111122223333', accountName: 'production', permissionSet: 'Admin' },
    { accountId: '111122223333', accountName: 'production', permissionSet: 'Read' },
  ],
  settings: {
    sessionName: 's',
    startUrl: 'https://x.awsapps.com/start',
    ssoRegion: 'us-east-1',
    registrationScopes: ['sso:account:access'],
    profileName: '{account}.{permissionSet}',
    region: 'eu-west-1',
  },
  default: { accountId: '111122223333', permissionSet: 'Admin' },
});
const all = ['s', 'default', 'production.Admin', 'production.Read'];
const fit = (outside: string) => {
  const { sections: left, notices, refusal } = mergeProfiles(sections, outside);
  if (refusal) throw refusal;
  return { names: left.map(({ name }) => name), codes: notices.map(({ code }) => code), notices };
};
const session = '[sso-session s]\nsso_start_url = https://x.awsapps.com/start/#/\nsso_region = us-east-1\n';
const same = '\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = Admin\nregion = eu-west-1\n';

describe('a name that stands outside the block', () => {
  it.each([
    ['[default]', 'default'],
    ['[profile default]', 'default'],
    ['[profile production.Admin]', 'production.Admin'],
    ['[profile "production.Admin"]', 'production.Admin'],
    ['[profile   production.Admin]', 'production.Admin'],
    ['[profile.production.Admin]', 'production.Admin'],
    ['[x]\noutput = y\n  [profile production.Admin]', 'production.Admin'],
  ])('%j is left out, and said', (header, name) => {
    const { names, codes } = fit(`${header}\nregion = eu-west-2\n`);
    expect(names).toEqual(all.filter((one) => one !== name));
    expect(codes).toEqual(['profile-taken']);
  });

  it('is said with its line and the way out', () => {
    expect(fit('# mine\n[profile production.Read]\n').notices[0]?.message).toBe(
      '[profile production.Read] in line 2 was written by hand, so the block leaves out this profile (Read in 111122223333). Rename that section or delete it, or choose other names with cli.profileName.',
    );
  });

  it('is said in other words where only the AWS SDK for JavaScript reads it', () => {
    expect(fit('# mine\n[profile.production.Read]\n').notices[0]?.message).toBe(
      'Line 2 has the name of [profile production.Read] (Read in 111122223333) in a form that only the AWS SDK for JavaScript reads, so the block leaves it out, and the AWS CLI has no such profile. Begin that line with [profile production.Read], or delete that section.',
    );
    expect(() => fit('[sso-session.s]\n')).toThrow(/only the AWS SDK for JavaScript reads/);
  });

  it('is not the same where the profile contradicts its session, in the block or outside', () => {
    const profile = (url: string): string => `[profile production.Admin]${same}sso_start_url = ${url}\n`;
    expect(fit(profile('https://x.awsapps.com/start'))).toMatchObject({ codes: [] });
    expect(fit(profile('https://x.awsapps.com/start/'))).toMatchObject({ codes: ['profile-taken'] });
    expect(fit(`${session}${profile('https://x.awsapps.com/start/#/')}`)).toMatchObject({ codes: [] });
    expect(fit(`${session}${profile('https://x.awsapps.com/start')}`)).toMatchObject({ codes: ['profile-taken'] });
  });

  it('is left out in silence where it means the same, also with a session of another name', () => {
    expect(fit(`[profile production.Admin]${same}cli_pager =\n`)).toEqual({
      names: ['s', 'default', 'production.Read'],
      codes: [],
      notices: [],
    });
    expect(fit(`${session}[profile production.Admin]${same}`)).toMatchObject({
      names: ['default', 'production.Read'],
      codes: [],
    });
    const other = session.replace(' s]', ' mine]');
    expect(fit(`${other}[profile production.Admin]${same.replace('= s', '= mine')}`)).toMatchObject({ codes: [] });
    expect(fit(`[profile production.Admin]${same.replace('= s', '= elsewhere')}`)).toMatchObject({
      codes: ['profile-taken'],
    });
  });

  it('does not count in a comment', () => {
    expect(fit('# [default]\n;[profile production.Admin]\n')).toMatchObject({ names: all, codes: [] });
  });

  it('stops everything where it is the session, and signs in elsewhere', () => {
    for (const wrong of [
      session.replace('x.aws', 'y.aws'),
      session.replace('us-east-1', 'eu-west-1'),
      `${session}${session.replace('sso-session s', 'sso-session "s"')}`,
      '[sso-session.s]\n',
    ]) {
      expect(() => fit(wrong)).toThrow(expect.objectContaining({ code: 'session-taken' }));
    }
  });

  it('does not matter to the AWS CLI where it can not read the file anyway, which is said', () => {
    expect(fit('[profile a]\n[profile a]\n')).toMatchObject({ names: all, codes: ['config-unreadable'] });
  });
});

describe('the readers find what they found before, and the block', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      'default',
      '__proto__',
      'own-1',
      'a = b',
      'ü',
      '[x]',
      '"q"',
      'a\nb',
      "it's",
      '#',
      ' ',
      'sso-session.s',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const set = fc.oneof(
    fc.constantFrom('a=b', 'a,b', '=', ',', 'own-1', '[profile x]', 'ü', 'a b', '"q"', 'a\n[profile own-0]'),
    fc.string({ unit: fc.constantFrom(...Array.from('aZ09_+=,.@-')), minLength: 1, maxLength: 32 }),
  );
  const input = fc.record({
    grants: fc.uniqueArray(
      fc.record({
        accountId: fc.constantFrom('000000000001', '111122223333'),
        accountName: hostile,
        permissionSet: set,
      }),
      { maxLength: 6 },
    ),
    template: fc.constantFrom(
      '{account}',
      '{permissionSet}-{accountId}',
      '{account}/{permissionSet}',
      'own-{permissionSet}',
    ),
    outside: handWritten({ sections: 4 }),
  });
  const mergeInto = ({ grants, template, outside }: typeof input extends fc.Arbitrary<infer T> ? T : never) => {
    const emitted = emitProfiles({
      user: 'hanako',
      grants,
      settings: {
        sessionName: 's',
        startUrl: 'https://x.awsapps.com/start',
        ssoRegion: 'us-east-1',
        registrationScopes: ['sso:account:access'],
        profileName: template,
      },
    });
    const file = findBlocks(outside);
    const merged = mergeProfiles(emitted.sections, outsideBlocks(file));
    const text = withBlock(file, undefined, {
      owner: { place: 's', user: 'hanako' },
      sections: merged.sections,
      wanted: merged.sections,
    }).toString();
    const of = (kind: string) =>
      Object.fromEntries(merged.sections.filter((one) => one.kind === kind).map(({ name, keys }) => [name, keys]));
    return { outside: outside.toString(), text, profiles: of('profile'), sessions: of('sso-session') };
  };

  it('the AWS SDK for JavaScript', async () => {
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const { outside, text, profiles, sessions } = mergeInto(value);
        const before = await parseWithSdk(outside);
        expect(await parseWithSdk(text)).toEqual({
          profiles: { ...before.profiles, ...profiles },
          sessions: { ...before.sessions, ...sessions },
        });
      }),
      depth(200),
    );
  });

  const missing = whyNoBotocore();
  it.skipIf(missing)(`the AWS CLI${missing ? ` (${missing})` : ''}`, async () => {
    const cases = fc.sample(input, depth(200)).map(mergeInto);
    const before = await parseWithBotocore(cases.map(({ outside }) => outside));
    const after = await parseWithBotocore(cases.map(({ text }) => text));
    for (const [index, { profiles, sessions }] of cases.entries()) {
      expect(after[index]).toEqual({
        profiles: { ...before[index]?.profiles, ...profiles },
        sessions: { ...before[index]?.sessions, ...sessions },
      });
    }
  });
});
