import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityDocument } from '../../src/config/schema/document.ts';
import { readAsCli } from '../../src/profiles/aws-config-sections.ts';
import { compareConfig } from '../../src/profiles/compare.ts';
import { emitProfiles } from '../../src/profiles/emit.ts';
import { mergeProfiles } from '../../src/profiles/merge-profiles.ts';
import { settingsOf } from '../../src/profiles/of-user.ts';
import { keepOwnKeys, printsOf } from '../../src/profiles/own-keys.ts';
import { welcome } from '../../src/profiles/welcome.ts';
import { gapForProfiles } from '../../src/source/file-gap.ts';
import { depth } from '../support/depth.ts';
import { parseWithBotocore, parseWithSdk, whyNoBotocore } from './aws-parsers.ts';

const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  region: 'us-east-1',
  identityStoreId: 'd-1234567890',
  partition: 'aws',
};
const account = '111122223333';

const documentOf = (cli: object, identityCenter: object = {}) =>
  identityDocument.parse({ version: 1, cli, identityCenter, users: {}, assignments: [] });

function emit(regions: string[], sets: string[], profileName = '{permissionSet}') {
  const { cli } = documentOf({ sessionName: 'my', profileName, region: 'eu-central-1', regions });
  return emitProfiles({
    user: 'hanako',
    grants: sets.map((permissionSet) => ({ accountId: account, accountName: 'production', permissionSet })),
    settings: settingsOf({ ...documentOf({}), cli }, instance),
    default: { accountId: account, permissionSet: 'Admin' },
  });
}

const namesOf = (sections: readonly { kind: string; name: string }[]): string[] =>
  sections.flatMap(({ kind, name }) => (kind === 'profile' ? [name] : []));

describe('for each region that the instance is replicated to', () => {
  const { text, sections, notices } = emit(['eu-west-1', 'us-east-1', 'eu-west-1'], ['Admin', 'Read']);

  it('there is a session to its portal, and a profile more for every grant', () => {
    expect(notices).toEqual([]);
    expect(text.split('\n\n').slice(4).join('\n\n')).toBe(
      `
[sso-session my-eu-west-1]
sso_start_url = https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile Admin-eu-west-1]
sso_session = my-eu-west-1
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-central-1

[profile Read-eu-west-1]
sso_session = my-eu-west-1
sso_account_id = 111122223333
sso_role_name = Read
region = eu-central-1
`.trimStart(),
    );
  });

  const missing = whyNoBotocore();
  it.skipIf(missing)('the AWS CLI and the AWS SDK for JavaScript read the same of it', async () => {
    const [cli] = await parseWithBotocore([text]);
    expect(cli).toEqual(await parseWithSdk(text));
    expect(Object.keys(cli?.sessions ?? {})).toEqual(['my', 'my-eu-west-1']);
    expect(Object.keys(cli?.profiles ?? {})).toHaveLength(5);
  });

  it('a message says how to sign in there', () => {
    const parts = welcome({
      userName: 'hanako',
      displayName: 'Hanako',
      portalUrl: 'https://d-1234567890.awsapps.com/start',
      password: 'by-email',
      sections,
    });
    expect(parts.slice(-2)).toEqual([
      { lines: ['If that sign-in does not work since AWS has a disruption, sign in through eu-west-1:'] },
      {
        language: 'sh',
        text: 'aws sso login --sso-session my-eu-west-1\naws sts get-caller-identity --profile Admin-eu-west-1\n',
      },
    ]);
  });

  it('a config with all of it is current, and one from before lacks it', () => {
    const written = new Set(sections.flatMap(printsOf));
    const compare = (block: string) => {
      const { sections: found, headers } = readAsCli(block);
      const own = keepOwnKeys(sections, { sections: found, headers, lines: block.split('\n'), written });
      return compareConfig(sections, { block: own.ours, own, outside: [], hidden: [] });
    };
    expect(Object.values(compare(text)).flat()).toEqual([]);
    const before = compare(emit(['us-east-1'], ['Admin', 'Read']).text);
    expect(before.missing.map(({ name }) => name)).toEqual(['my-eu-west-1', 'Admin-eu-west-1', 'Read-eu-west-1']);
  });

  it('a profile that was written by hand counts where it signs in there, and only then', () => {
    const byHand = (session: string): string =>
      `[profile Admin-eu-west-1]\nsso_session = ${session}\nsso_account_id = ${account}\nsso_role_name = Admin\nregion = eu-central-1\n`;
    const right = mergeProfiles(sections, byHand('my-eu-west-1'));
    expect([namesOf(right.sections), right.notices]).toEqual([['default', 'Admin', 'Read', 'Read-eu-west-1'], []]);
    expect(mergeProfiles(sections, byHand('my')).notices.map(({ code }) => code)).toEqual(['profile-taken']);
  });
});

it('a permission set whose name ends with the region keeps its profile', () => {
  const { sections, notices } = emit(['eu-west-1'], ['Admin', 'Admin-eu-west-1']);
  expect(namesOf(sections)).toEqual([
    'default',
    'Admin',
    'Admin-eu-west-1',
    expect.stringMatching(/^Admin-eu-west-1-[0-9a-f]{8}$/),
    'Admin-eu-west-1-eu-west-1',
  ]);
  expect(notices.map(({ code }) => code)).toEqual(['profile-renamed']);
});

it('no two profiles have one name, and a region changes the name of no other', () => {
  const set = fc.tuple(
    fc.constantFrom('a', 'a-eu-west-1', 'b', 'sso-session.my'),
    fc.constantFrom('', '-eu-west-1', '-gov-west-1', '-us-gov-west-1', ',', '='),
  );
  const regions = fc.uniqueArray(fc.constantFrom('eu-west-1', 'gov-west-1', 'ap-northeast-1'), { minLength: 1 });
  const template = fc.constantFrom('{permissionSet}', 'same', '{permissionSet}-{accountId}');
  const property = fc.property(
    fc.uniqueArray(set.map((words) => words.join(''))),
    regions,
    template,
    (sets, given, profileName) => {
      const names = namesOf(emit(given, sets, profileName).sections);
      const home = namesOf(emit(['us-east-1'], sets, profileName).sections);
      return (
        new Set(names).size === names.length &&
        names.length === home.length + sets.length * given.length &&
        // But for what the AWS SDK for JavaScript calls the new session.
        home.every((name, index) => names[index] === name || name.startsWith('sso-session.'))
      );
    },
  );
  expect(() => fc.assert(property, depth(300))).not.toThrow();
});

it.each([
  ['cn-northwest-1', 'https://ssoins-0123456789abcdef.cn-northwest-1.portal.amazonaws.com.cn'],
  ['eusc-de-east-1', 'https://ssoins-0123456789abcdef.eusc-de-east-1.portal.amazonaws.eu'],
])('the portal in %s', (region, startUrl) => {
  const document = documentOf({ regions: [region], startUrl: 'https://x.awsapps.com/start' });
  expect(settingsOf(document, instance).failOver).toEqual([{ region, startUrl }]);
});

it('no portal is made up where the partition has none that is known', () => {
  const document = documentOf({ regions: ['us-gov-east-1'], startUrl: 'https://x.awsapps.com/start' });
  expect(() => settingsOf(document, instance)).toThrow("The access portal's URL in us-gov-east-1 is not known.");
});

it('the file alone says it all only where it names the instance', () => {
  const cli = { regions: ['eu-west-1'] };
  expect(gapForProfiles(documentOf(cli))).toContain('identityCenter.instanceArn');
  expect(gapForProfiles(documentOf(cli, { instanceArn: instance.arn }))).toBeUndefined();
  expect(gapForProfiles(documentOf({}))).toBeUndefined();
});
