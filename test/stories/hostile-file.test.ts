import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderPage, textOf } from '../render/markdown-page.ts';
import { createLocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

const accounts = { management: '999988887777', 'prod](https://evil.example) @octocat <b>': '111122223333' };
const long = `${'x'.repeat(990)}\`\`\`|@octocat`;
const hostile = [
  '@octocat',
  '[click](https://evil.example)',
  '<img src=x onerror=alert(1)></details>',
  '```',
  '|',
  '$x$',
  long,
];
// Nothing that can be written in JSON is a control character in the file, and everything is in what it means.
const policy = `{"Version":"2012-10-17","Statement":[{"Sid":"Harmless","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/x":["\\u001b[31m\\u0007\\u009b","::error::x","##[error]x","\`\`\`","</code></pre>@octocat"]}}}]}`;

const document = {
  accounts,
  users: Object.fromEntries(
    hostile.map((text, index) => [
      index < 3 ? text.replaceAll(' ', '').slice(0, 128) : `user${index}`,
      {
        givenName: text.slice(0, 1000),
        familyName: 'N',
        displayName: `${text} ${text}`.slice(0, 1024),
        email: `a${index}@evil.example`,
        title: text,
      },
    ]),
  ),
  groups: Object.fromEntries(hostile.map((text) => [text, { description: text, members: ['@octocat'] }])),
  permissionSets: {
    'a=b,c@d': {
      description: '@octocat <script>',
      inlinePolicy: { file: 'policy.json' },
      tags: { '@octocat': 'www.evil.example' },
    },
  },
  assignments: [{ users: ['@octocat'], groups: hostile, permissionSets: ['a=b,c@d'], accounts: Object.keys(accounts) }],
};

it('what is wrong with a hostile file is told without harm', async () => {
  const local = createLocalFolder({
    ...document,
    groups: { 'a\u202eb': {}, ['c\u001b[31m']: { members: ['\u0007'] } },
  });
  writeFileSync(path.join(local.folder, 'policy.json'), policy.replace('Harmless', 'H').replace('\\u009b', '\\u202e'));
  const { code, out, err } = await local.idc(['plan']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('bad-policy');
  expect(err.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

it('a file of hostile names goes through every command without harm', async () => {
  const local = createLocalFolder(document);
  writeFileSync(path.join(local.folder, 'policy.json'), policy);
  const saved = path.join(local.folder, 'plan.json');
  const ran = {
    plan: await local.idc(['plan', '--out', saved]),
    markdown: await local.idc(['plan', '--format', 'markdown']),
    json: await local.idc(['plan', '--format', 'json']),
    job: await local.idc(['plan'], { env: { GITHUB_ACTIONS: 'true' } }),
    narrow: await runIdc(['show', saved], { columns: () => 60 }),
    apply: await local.idc([
      'apply',
      '--yes',
      '--format',
      'markdown',
      '--profiles',
      path.join(local.folder, 'profiles'),
    ]),
    again: await local.idc(['plan', '--detailed-exitcode']),
    profiles: await local.idc(['profiles', '@octocat']),
  };
  for (const [name, { code, out, err }] of Object.entries(ran)) {
    expect(code, `${name}: ${err}`).toBe(0);
    expect(`${out}${err}`.replaceAll('\n', ''), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  expect(ran.job.out).not.toMatch(/^\s*::|##\[/m);
  expect(JSON.stringify(JSON.parse(ran.json.out))).toContain('@octocat');
  for (const { out } of [ran.markdown, ran.apply]) {
    const page = renderPage(out);
    expect(page.faults).toEqual([]);
    expect(
      page.elements.map(({ tagName }) => tagName).filter((tag) => ['a', 'img', 'script', 'b'].includes(tag)),
    ).toEqual([]);
    // Code is what GitHub leaves alone; nothing hostile stands outside it.
    expect(textOf(page.root, false)).not.toMatch(/@octocat|evil\.example|onerror/);
  }
  // Every profile has a section of its own, and none was smuggled in.
  const configs = readdirSync(path.join(local.folder, 'profiles')).map((file) =>
    readFileSync(path.join(local.folder, 'profiles', file), 'utf8'),
  );
  for (const text of [...configs, ran.profiles.out]) {
    for (const line of text.split('\n').filter((one) => one.startsWith('[')))
      expect(line).toMatch(/^\[(sso-session [\w-]+|profile [A-Za-z0-9_.@:/+%-]+|default)\]$/);
  }
});
