import { describe, expect, it } from 'vitest';
import { emitProfiles, type ProfileGrant, type ProfileInput } from '../../src/profiles/emit.ts';
import { parseWithBotocore, parseWithSdk, whyNoBotocore } from './aws-parsers.ts';

const grant = (permissionSet: string, accountName: string, accountId: string): ProfileGrant => ({
  permissionSet,
  accountName,
  accountId,
});
const production = '111122223333';
const staging = '444455556666';

function emit(grants: ProfileGrant[], profileName = '{permissionSet}-{accountId}', rest: Partial<ProfileInput> = {}) {
  return emitProfiles({
    user: 'hanako',
    grants,
    settings: {
      sessionName: 'my-sso',
      startUrl: 'https://my-sso-portal.awsapps.com/start',
      ssoRegion: 'us-east-1',
      registrationScopes: ['sso:account:access'],
      region: 'ap-northeast-1',
      output: 'yaml-stream',
      profileName,
    },
    ...rest,
  });
}

/** `permission set in account -> profile name`, in the order of the file. */
const namesOf = (text: string): string[] => [...text.matchAll(/^\[profile (.*)\]$/gm)].map(([, name = '']) => name);

describe('the profiles of a person', () => {
  it('are one session and one profile for every permission set in every account', () => {
    const { text, notices } = emit(
      [
        grant('ReadOnly', 'production', production),
        grant('AdministratorAccess', 'staging', staging),
        grant('AdministratorAccess', 'production', production),
      ],
      undefined,
      { default: { accountId: production, permissionSet: 'AdministratorAccess' } },
    );
    expect(notices).toEqual([]);
    expect(text).toBe(
      `
[sso-session my-sso]
sso_start_url = https://my-sso-portal.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access

[default]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = AdministratorAccess
region = ap-northeast-1
output = yaml-stream

[profile AdministratorAccess-111122223333]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = AdministratorAccess
region = ap-northeast-1
output = yaml-stream

[profile AdministratorAccess-444455556666]
sso_session = my-sso
sso_account_id = 444455556666
sso_role_name = AdministratorAccess
region = ap-northeast-1
output = yaml-stream

[profile ReadOnly-111122223333]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = ReadOnly
region = ap-northeast-1
output = yaml-stream
`.trimStart(),
    );
  });

  it('leave region and output to the CLI where the file does not say them', () => {
    const { text } = emitProfiles({
      user: 'hanako',
      grants: [grant('Admin', 'production', production)],
      settings: {
        sessionName: 's',
        startUrl: 'https://d-1234567890.awsapps.com/start',
        ssoRegion: 'us-east-1',
        registrationScopes: ['sso:account:access', 'codewhisperer:completions'],
        profileName: '{account}.{permissionSet}',
      },
    });
    expect(text).toBe(
      `
[sso-session s]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access,codewhisperer:completions

[profile production.Admin]
sso_session = s
sso_account_id = 111122223333
sso_role_name = Admin
`.trimStart(),
    );
  });

  it('are the session alone for a user without grants', () => {
    const { text, notices } = emit([]);
    expect(text).toMatch(/^\[sso-session my-sso\]\n(sso_.*\n){3}$/);
    expect(notices).toEqual([
      { code: 'user-without-grants', message: 'hanako holds no permission set and gets no profile.' },
    ]);
  });

  it('have no [default] where it is not granted', () => {
    const { text, notices } = emit([grant('ReadOnly', 'production', production)], undefined, {
      default: { accountId: production, permissionSet: 'Admin' },
    });
    expect(text).not.toContain('[default]');
    expect(notices).toEqual([
      {
        code: 'default-profile-without-grant',
        message: 'hanako: there is no [default] profile, since Admin in 111122223333 is not granted.',
      },
    ]);
  });

  it('count a grant once, however often it is given', () => {
    const { text } = emit([grant('Admin', 'production', production), grant('Admin', 'production', production)]);
    expect(namesOf(text)).toEqual(['Admin-111122223333']);
  });

  it('leave out what could break out of its line', () => {
    const { text, notices } = emit([
      grant('Admin\n[profile x]', 'production', production),
      grant('Admin', 'production', '111122223333\nrole_arn = x'),
    ]);
    expect(namesOf(text)).toEqual([]);
    expect(notices.map(({ code }) => code)).toEqual(['profile-unwritable', 'profile-unwritable']);
  });
});

describe('a profile name', () => {
  it('has a dash for what not every reader takes', () => {
    const { text, notices } = emit([grant('a=b', 'Prod Account', production)], '{permissionSet}@{account}');
    expect(namesOf(text)).toEqual(['a-b@Prod-Account']);
    expect(text).toContain('sso_role_name = a=b\n');
    expect(notices).toEqual([
      {
        code: 'profile-renamed',
        message:
          'hanako: the profile of a=b in Prod Account (111122223333) is a-b@Prod-Account instead of "a=b@Prod Account": not every AWS tool can take that name.',
      },
    ]);
  });

  it('is made of the id where names collide', () => {
    const { text, notices } = emit(
      [
        grant('Admin', 'prod 1', production),
        grant('Admin', 'prod-1', staging),
        grant('ReadOnly', 'prod 1', production),
      ],
      '{account}/{permissionSet}',
    );
    expect(namesOf(text)).toEqual(['Admin-111122223333', 'Admin-444455556666', 'prod-1/ReadOnly']);
    expect(notices.map(({ message }) => message)).toEqual([
      'hanako: the profile of Admin in prod 1 (111122223333) is Admin-111122223333 instead of "prod 1/Admin": several profiles would have that name.',
      'hanako: the profile of Admin in prod-1 (444455556666) is Admin-444455556666 instead of "prod-1/Admin": several profiles would have that name.',
      'hanako: the profile of ReadOnly in prod 1 (111122223333) is prod-1/ReadOnly instead of "prod 1/ReadOnly": not every AWS tool can take that name.',
    ]);
  });

  it('has a hash where even those collide, and it is always the same one', () => {
    const { text } = emit([grant('a=b', 'production', production), grant('a,b', 'production', production)]);
    expect(namesOf(text)).toEqual(['a-b-111122223333-1b98cc51', 'a-b-111122223333-82bac30f']);
  });

  it('does not take the name that another one has by itself', () => {
    const { text } = emit(
      [grant('Admin', 'x', production), grant('Other', 'x', production), grant('Z', 'Admin-111122223333', staging)],
      '{account}',
    );
    expect(namesOf(text)).toEqual(['Admin-111122223333', 'Other-111122223333', 'Z-444455556666']);
  });

  it.each([
    ['default', 'the name default means something else in this file'],
    ['__proto__', 'the name __proto__ means something else in this file'],
    ['sso-session.my-sso', 'the name sso-session.my-sso means something else in this file'],
  ])('of an account called %j is made of the id', (accountName, why) => {
    const { text, notices } = emit([grant('Admin', accountName, production)], '{account}');
    expect(namesOf(text)).toEqual(['Admin-111122223333']);
    expect(notices[0]?.message).toMatch(new RegExp(`: ${why}\\.$`));
  });

  it.each(['', '本番環境', '--'])(
    'has the id of an account called %j, of which no character is left',
    (accountName) => {
      const namesFor = (template: string) => {
        const { text, notices } = emit([grant('Read', accountName, production)], template);
        expect(notices[0]?.message).toMatch(/: that leaves no name\.$/);
        return namesOf(text);
      };
      expect(['{account}', '{account}/{permissionSet}'].flatMap(namesFor)).toEqual([
        '111122223333',
        '111122223333/Read',
      ]);
    },
  );

  it('never looks like an option', () => {
    const { text } = emit([grant('Admin', '本番 web', production)], '{account}');
    expect(namesOf(text)).toEqual(['web']);
  });

  it('takes parts for what they are, and not for patterns', () => {
    const { text } = emit([grant('Admin', '$&{accountId}', production)], '{account}.{permissionSet}');
    expect(namesOf(text)).toEqual(['accountId-.Admin']);
  });
});

describe('the readers of the file', () => {
  const missing = whyNoBotocore();
  const { text } = emit(
    [
      grant('a=b', 'production', production),
      grant('a,b', 'production', production),
      grant('=x', 'Weird #; [account] "q"', production),
      grant('Admin_+@.-', 'x:y/z%', staging),
    ],
    '{account}+{permissionSet}',
    { default: { accountId: production, permissionSet: 'a=b' } },
  );
  const shared = { sso_session: 'my-sso', region: 'ap-northeast-1', output: 'yaml-stream' };
  const expected = {
    sessions: {
      'my-sso': {
        sso_start_url: 'https://my-sso-portal.awsapps.com/start',
        sso_region: 'us-east-1',
        sso_registration_scopes: 'sso:account:access',
      },
    },
    profiles: {
      default: { ...shared, sso_account_id: production, sso_role_name: 'a=b' },
      'a-b-111122223333-1b98cc51': { ...shared, sso_account_id: production, sso_role_name: 'a,b' },
      'a-b-111122223333-82bac30f': { ...shared, sso_account_id: production, sso_role_name: 'a=b' },
      'Weird-----account---q-+-x': { ...shared, sso_account_id: production, sso_role_name: '=x' },
      'x:y/z%+Admin_+@.-': { ...shared, sso_account_id: staging, sso_role_name: 'Admin_+@.-' },
    },
  };

  it('find everything: the AWS SDK for JavaScript', async () => {
    expect(await parseWithSdk(text)).toEqual(expected);
  });

  it.skipIf(missing)(`find everything: the AWS CLI${missing ? ` (${missing})` : ''}`, async () => {
    expect(await parseWithBotocore([text])).toEqual([expected]);
  });
});
