import { describe, expect, it } from 'vitest';
import { readAsCli, readHidden } from '../../src/profiles/aws-config-sections.ts';
import { compareConfig, type ConfigNow } from '../../src/profiles/compare.ts';
import { keepOwnKeys, printsOf } from '../../src/profiles/own-keys.ts';
import { emitProfiles } from '../../src/profiles/emit.ts';

const { sections, text } = emitProfiles({
  user: 'hanako',
  grants: [
    { accountId: '111122223333', accountName: 'production', permissionSet: 'Admin' },
    { accountId: '444455556666', accountName: 'staging', permissionSet: 'Read' },
  ],
  settings: {
    sessionName: 's',
    startUrl: 'https://x.awsapps.com/start',
    ssoRegion: 'us-east-1',
    registrationScopes: ['sso:account:access'],
    profileName: '{permissionSet}',
    region: 'eu-west-1',
  },
  default: { accountId: '111122223333', permissionSet: 'Admin' },
});

/** As `idc` wrote the block, and as it is now. */
function now(block: string, outside: string): ConfigNow {
  const { sections: found, headers } = readAsCli(block);
  const written = new Set(sections.flatMap(printsOf));
  const own = keepOwnKeys(sections, { sections: found, headers, lines: block.split('\n'), written });
  return {
    block: own.ours,
    own,
    outside: [...readAsCli(outside).sections, ...own.foreign],
    hidden: readHidden(outside),
  };
}

/** A line for everything that is not as it should be. */
function compare({ block = '', outside = '' }: { block?: string; outside?: string }): string[] {
  const { missing, stale, twice, hidden, extra } = compareConfig(sections, now(block, outside));
  return [
    ...missing.map(({ name }) => `missing ${name}`),
    ...stale.map(({ section, differences }) => {
      const changes = differences.map(({ key, is, wanted }) => `${key} ${is} -> ${wanted}`);
      return `stale ${section.name}: ${changes.join(', ')}`;
    }),
    ...twice.map(({ section: { name }, lines }) => `twice ${name} in lines ${lines.join(' and ')}`),
    ...hidden.map(({ section: { name }, line }) => `hidden ${name} by line ${line}`),
    ...extra.map(({ section, isOurs }) => `extra ${section.name}${isOurs ? ' in the block' : ''}`),
  ];
}

const session = '[sso-session mine]\nsso_start_url = https://x.awsapps.com/start/\nsso_region = us-east-1\n';
const profile = (name: string, account: string, role: string, rest = 'region = eu-west-1\n', of = 'mine'): string =>
  `[${name}]\nsso_session = ${of}\nsso_account_id = ${account}\nsso_role_name = ${role}\n${rest}`;
const byHand = [
  session,
  profile('default', '111122223333', 'Admin'),
  profile('profile prod', '111122223333', 'Admin'),
  profile('profile stage', '444455556666', 'Read', 'region = eu-west-1\noutput = json\ncli_pager =\n'),
].join('');

it('an empty config lacks everything', () => {
  expect(compare({})).toEqual(['missing s', 'missing default', 'missing Admin', 'missing Read']);
});

it('the block as it was written is current, and so are lines by hand with the same meaning', () => {
  expect(compare({ block: text })).toEqual([]);
  expect(compare({ outside: byHand })).toEqual([]);
});

it('who holds nothing needs no session, and what others wrote for it is too much', () => {
  const of = (config: string, outside: string) => {
    const { missing, extra } = compareConfig(
      sections.filter(({ kind }) => kind === 'sso-session'),
      now(config, outside),
    );
    return [...missing, ...extra.map(({ section }) => section)].map(({ name }) => name);
  };
  expect(of('', '')).toEqual([]);
  expect(of(text, '')).toEqual(['s', 'default', 'Admin', 'Read']);
  expect(of('', byHand)).toEqual(['default', 'prod', 'stage']);
});

describe("in the block, what idc did not write is the user's", () => {
  it.each([
    ['another region', text.replace(/(\[profile Read\][^[]*)eu-west-1/, '$1us-east-1')],
    ['another key', `${text}cli_pager = x\n`],
    ['another scope', text.replace('account:access', 'account:x')],
    ['another name', text.replace('[profile Read]', '[profile Reader]')],
  ])('%s', (_, block) => {
    expect(compare({ block })).toEqual([]);
  });

  it.each([
    ['a missing key', text.replace('region = eu-west-1\n', ''), 'stale default: region undefined -> eu-west-1'],
    ['a profile of its own that is not granted', `${text}${profile('profile Old', '1', 'Old', '', 's')}`, 'extra Old'],
    ['a role', `${text}role_arn = x\n`, 'stale Read: role_arn x -> undefined'],
    [
      'another account',
      text.replace('444455556666', '000000000001'),
      'stale Read: sso_account_id 000000000001 -> 444455556666',
    ],
    ['a name that is there twice', `${text}\n[profile default]\nregion = x\n`, 'twice default in lines 6 and 24'],
  ])('but told: %s', (_, block, said) => {
    expect(compare({ block })).toEqual([said]);
  });
});

describe('outside the block, the meaning counts', () => {
  it.each([
    [
      'another region',
      byHand.replace(/(stage\][^[]*)eu-west-1/, '$1us-east-1'),
      ['stale stage: region us-east-1 -> eu-west-1'],
    ],
    [
      'no region',
      byHand.replace(/(stage\][^[]*)region = eu-west-1\n/, '$1'),
      ['stale stage: region undefined -> eu-west-1'],
    ],
    ['another role', byHand.replace(/(stage\][^[]*)Read/, '$1Admin'), ['missing Read', 'extra stage']],
    ['one of several that fits', `${profile('profile a', '444455556666', 'Read', '')}${byHand}`, []],
    ['a grant that the file does not give', `${byHand}${profile('profile old', '444455556666', 'Old')}`, ['extra old']],
    ['another portal', `${byHand}${profile('profile old', '444455556666', 'Old', '', 'elsewhere')}`, []],
    ['a token alone', `${byHand}[profile token]\nsso_session = mine\n`, []],
    ['a profile without a session', `${byHand}[profile keys]\nregion = x\n`, []],
  ])('%s', (_, outside, said) => {
    expect(compare({ outside })).toEqual(said);
  });

  it('a legacy profile does not stand for one with a session', () => {
    const legacy =
      '[profile x]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 444455556666\nsso_role_name = Read\nregion = eu-west-1\n';
    expect(compare({ outside: byHand.replace(/\[profile stage\][^[]*/, legacy) })).toEqual(['missing Read']);
  });

  it.each([
    ['an equal URL', '', ['sso_start_url', 'https://x.awsapps.com/start/'], []],
    ['another URL', '', ['sso_start_url', 'https://x.awsapps.com/start'], ['sso_start_url']],
    ['another region', '', ['sso_region', 'eu-west-1'], ['sso_region']],
    ['other scopes', 'sso_registration_scopes = a\n', ['sso_registration_scopes', 'b'], ['sso_registration_scopes']],
  ])('a profile that has of its own, beside its session, %s', (_, more, [key, value], keys) => {
    const config = byHand.replace(session, `${session}${more}`).replace('[profile stage]', `$&\n${key} = ${value}`);
    const saidOf = (line: string): string => line.replace(/ (\S+) \S+ -> \S+/, ' $1');
    expect(compare({ outside: config }).map(saidOf)).toEqual(keys.map((one) => `stale stage: ${one}`));
  });

  it('a header that only the AWS SDK for JavaScript reads keeps the name from the block', () => {
    expect(compare({ outside: `${session}[profile.Read]\nregion = x\n` })).toEqual([
      'missing default',
      'missing Admin',
      'hidden Read by line 4',
    ]);
    expect(compare({ outside: '[sso-session.s]\nsso_region = x\n' })).toContain('hidden s by line 1');
    // What a block has under that name leaves it with the next --write.
    expect(compare({ block: text, outside: '[profile.Read]\n' })).toEqual(['hidden Read by line 1']);
    // Where the meaning is there under another name, nobody needs this one.
    expect(compare({ outside: `${byHand}[profile.Read]\n` })).toEqual([]);
  });

  it('a name that another profile uses is not what the file wants there', () => {
    expect(
      compare({ block: text.replace(/\[default\][^[]*/, ''), outside: '[default]\nregion = eu-west-1\n' }),
    ).toEqual([
      'stale default: sso_session undefined -> s, sso_account_id undefined -> 111122223333, sso_role_name undefined -> Admin',
    ]);
    expect(compare({ outside: text.replace('x.awsapps', 'y.awsapps') })).toContain(
      'stale s: sso_start_url https://y.awsapps.com/start -> https://x.awsapps.com/start',
    );
  });
});
