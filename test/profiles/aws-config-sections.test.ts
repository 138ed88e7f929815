import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAsCli, readHeadersAsSdk } from '../../src/profiles/aws-config-sections.ts';
import { parseWithBotocore, parseWithSdk, refusedByBotocore, whyNoBotocore } from './aws-parsers.ts';
import { handWritten } from './hand-written.ts';
import { depth } from '../support/depth.ts';

const namesForCli = (text: string): string[] => readAsCli(text).sections.map(({ kind, name }) => `${kind} ${name}`);
const namesForSdk = (text: string): string[] => readHeadersAsSdk(text).map(({ kind, name }) => `${kind} ${name}`);

describe('a header is a section', () => {
  it.each([
    ['[profile plain]', true, true],
    ['[default]', true, true],
    ['[profile "plain"]', true, true],
    ['[profile "two words"]', true, false],
    ['[profile two words]', false, false],
    ['[profile\ttab]', true, true],
    ['[profile   spaces]', true, false],
    ['[ profile padded ]', false, false],
    ['[profile ümlaut]', true, false],
    ['[profile a] # comment', true, true],
    ['[profile.dotted]', false, true],
    ['[profiles plural]', true, false],
    ['[plain]', false, false],
    ['# [profile comment]', false, false],
    ['[sso-session s]', true, true],
    ['[sso-session "q s"]', true, false],
    ['[sso-session.s]', false, true],
    ['  [profile indented]', true, true],
    ['[x]\nregion = y\n  [profile indented]', false, true],
  ])('%j (CLI: %s, SDK: %s)', (header, cli, sdk) => {
    expect([namesForCli(header).length, namesForSdk(header).length]).toEqual([Number(cli), Number(sdk)]);
  });
});

it('keys are those of the AWS CLI: without case, with comments, and with what continues a line', () => {
  const [section] = readAsCli(
    'x\n[profile a]\nREGION : eu-west-1 # here\ns3 =\n  a = b\n\n# no\n\tc = d\n[DEFAULT]\noutput = json\nregion = no\n',
  ).sections;
  expect(section?.line).toBe(2);
  expect(Object.fromEntries(section?.keys ?? [])).toEqual({
    output: 'json',
    region: 'eu-west-1 # here',
    s3: '\na = b\n\nc = d',
  });
});

it.each([
  ['the same section twice', '[profile a]\n[x]\n[profile a]\n', '[profile a] in line 3 stands in line 1 already'],
  ['the same key twice', '[profile a]\nregion = x\nRegion = y\n', '"region" in line 3 stands twice in its section'],
  ['a key before all sections', 'region = x\n', 'line 1 stands in no section'],
  ['a byte order mark', '\uFEFF[default]\n', 'it begins with a byte order mark; save it as UTF-8 without one'],
  ['words', '[profile a]\nwords\n', 'line 2 is neither a key nor a section'],
  ['words under a key', '[x]\ns3 =\n  a = b\n\n  words\n', '"s3" in line 2 has a line without = under it'],
  ['such words for all', '[DEFAULT]\ns3 =\n  words\n[profile a]\n', '"s3" in line 2 has a line without = under it'],
])('the AWS CLI can not read %s', (_, text, why) => {
  expect(readAsCli(text).unreadable).toBe(why);
});

it.each([
  ['what continues a line, whatever it is', '[profile a]\ns3 = a\n  words\n'],
  ['nothing under a key', '[profile a]\ns3 =\n\n'],
  ['words for all that no section takes', '[DEFAULT]\ns3 =\n  words\n[profile a]\ns3 = a\n'],
])('the AWS CLI can read %s', (_, text) => {
  expect(readAsCli(text)).not.toHaveProperty('unreadable');
});

describe('the real readers agree', () => {
  const odd = fc
    .array(
      fc.constantFrom(
        '[profile a]',
        '[profile "a b"]',
        '[profile  c]',
        '[profile d] # x',
        '[profile e] ; [x]',
        '[profilefoo f]',
        '[profile.g]',
        '[sso-session h]',
        '  [profile i]',
        '[default]',
        '[profile default]',
        '[x]',
        'region = x',
        '  region = y',
        'output: z',
        'role_arn = a = b # c',
        's3 =',
        '\tk = v',
        '  indented words',
        '# comment',
        '  ; comment',
        '',
        ' ',
        '[DEFAULT]',
        'words',
      ),
      { maxLength: 12 },
    )
    .map((lines) => lines.join('\n'));

  it('the SDK: on every profile and session that has a key', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async (text) => {
        const { profiles, sessions } = await parseWithSdk(text);
        const ours = new Set(namesForSdk(text));
        for (const name of Object.keys(profiles)) expect(ours).toContain(`profile ${name}`);
        for (const name of Object.keys(sessions)) expect(ours).toContain(`sso-session ${name}`);
      }),
      depth(200),
    );
  });

  const missing = whyNoBotocore();
  it.skipIf(missing)(`the AWS CLI: on every section and key${missing ? ` (${missing})` : ''}`, async () => {
    const hand = fc.sample(handWritten({ sections: 8 }), depth(100)).map((bytes) => bytes.toString());
    const all = [...fc.sample(odd, depth(1000)), ...hand];
    const texts = all.filter((text) => readAsCli(text).unreadable === undefined);
    expect(texts.length).toBeGreaterThan(all.length / 4);
    // Whole texts are easier to compare; that it takes them apart too is what its users see.
    await parseWithBotocore(texts);
    const parsed = await parseWithBotocore(texts, false);
    for (const [index, text] of texts.entries()) {
      const of = (kind: string) =>
        Object.fromEntries(
          readAsCli(text)
            .sections.filter((section) => section.kind === kind)
            .map(({ name, keys }) => [name, Object.fromEntries(keys)]),
        );
      expect({ profiles: of('profile'), sessions: of('sso-session') }, text).toEqual(parsed[index]);
    }
  });

  it.skipIf(missing)(`the AWS CLI: on what it refuses${missing ? ` (${missing})` : ''}`, async () => {
    const tries = depth(300);
    const refused = (texts: fc.Arbitrary<string>): string[] =>
      fc.sample(texts, tries).filter((text) => readAsCli(text).unreadable !== undefined);
    const nested = odd.map((text) => `[profile z]\ns3 =\n\n  words\n${text}`);
    const [some, others] = [refused(odd), refused(nested)];
    expect(some.length).toBeGreaterThan(tries.numRuns / 15);
    expect(others).toHaveLength(tries.numRuns);
    const asked = [...some.slice(0, 5), ...others.slice(0, 5)];
    asked.push('\uFEFF[default]\nregion = x\n');
    const answers = await refusedByBotocore(asked);
    expect(answers).toEqual(asked.map(() => 'ConfigParseError'));
  });
});
