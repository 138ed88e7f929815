import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { welcome, type Newcomer } from '../../src/profiles/welcome.ts';
import { renderOnboarding } from '../../src/render/markdown/onboarding.ts';
import { renderPage, textOf } from '../render/markdown-page.ts';
import { depth } from '../support/depth.ts';
import { person } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const hanako: Newcomer = {
  password: 'by-email',
  userName: 'hanako',
  displayName: 'Hanako Yamada',
  portalUrl: 'https://example.awsapps.com/start',
};
const text = (own: string, newcomer: Partial<Newcomer> = {}): string =>
  renderOnboarding(welcome({ ...hanako, ...newcomer }, own));

it('fills in names, the portal, and parts of the built-in message', () => {
  const own = 'Dear {displayName}\n({userName}),\n- one\n- {portalUrl}\nthen\n{signInSteps}\nBye.\n\n\n';
  const [steps = ''] = renderOnboarding(welcome(hanako)).match(/Open the portal[^]*/) ?? [];
  expect(text(own)).toBe(
    `Dear Hanako Yamada\n(hanako),\n\n- one\n- \`https://example.awsapps.com/start\`\n\nthen\n\n${steps.trimEnd()}\n\nBye.\n`,
  );
});

it('has the setup of the AWS CLI for a user with profiles, and nothing of it for one without', () => {
  const keys = { sso_session: 's', sso_account_id: '111122223333', sso_role_name: 'Read' };
  const sections = [
    { kind: 'sso-session', name: 's', keys: { sso_start_url: hanako.portalUrl } },
    { kind: 'profile', name: 'b', keys },
  ] as const;
  const own = 'Before\n{cliSetup}\nAfter';
  expect(text(own)).toBe('Before\n\nAfter\n');
  expect(text(own, { sections })).toContain('aws s3 ls --profile b');
  expect(text(own, { sections, language: 'ja' })).toMatch(/^Before\n\nAWS CLI バージョン 2 を/);
});

it('fills in nothing twice: a placeholder in a name is text', () => {
  expect(text('{displayName}', { displayName: '{portalUrl} {cliSetup}' })).toBe('`{portalUrl}` `{cliSetup}`\n');
  expect(text('{displayName}', { displayName: '$& $1 {constructor}' })).toBe('`$&` `$1` `{constructor}`\n');
});

it('shows Markdown and HTML of the text and of names as they are written', () => {
  const own = '# {displayName}\n[here](https://evil.example) <img src=x> <!--\n```\n| a |\n---\n1. @octocat';
  const { root, faults, elements } = renderPage(text(own, { displayName: '](https://evil.example) **bold** ```' }));
  expect(faults).toEqual([]);
  expect(new Set(elements.map(({ tagName }) => tagName))).toEqual(new Set(['p', 'code']));
  expect(textOf(root).replaceAll(/\s+/g, ' ')).toContain('[here](https://evil.example) <img src=x> <!--');
});

it('no name adds a paragraph, a list or anything else of a page, whatever the text', () => {
  const bits = [
    '\n',
    '\u2028',
    '`',
    '```',
    '~~~',
    '- ',
    '# ',
    '> ',
    '<a>',
    '[x](y)',
    '**',
    '|',
    '@x',
    'https://evil.example',
    ' ',
    'a',
    '\\',
    '{cliSetup}',
  ];
  const names = fc.array(fc.constantFrom(...bits), { minLength: 1, maxLength: 8 }).map((some) => `n${some.join('')}`);
  const texts = fc.array(
    fc.constantFrom('{displayName}', 'Hello ', '\n\n', '\n- ', '`', '(', ')', '{userName}', '\n'),
    { maxLength: 8 },
  );
  const shape = (page: string): string[] =>
    renderPage(page).elements.flatMap(({ tagName }) => (tagName === 'code' ? [] : [tagName]));
  const wrong: string[] = [];
  fc.assert(
    fc.property(names, texts, (displayName, parts) => {
      const own = `x${parts.join('')}`;
      const [odd, plain] = [displayName, 'Hanako'].map((name) => text(own, { displayName: name }));
      if (shape(odd ?? '').join() !== shape(plain ?? '').join()) wrong.push(`${own} with ${displayName}`);
    }),
    depth(200),
  );
  expect(wrong).toEqual([]);
});

describe('in the file', () => {
  const company = (onboarding?: unknown) => ({
    cli: { startUrl: 'https://company.awsapps.com/start', ...(onboarding !== undefined && { onboarding }) },
    users: { hanako: { ...person('Hanako'), preferredLanguage: 'ja' } },
    permissionSets: { Read: {} },
    assignments: [{ users: ['hanako'], permissionSets: ['Read'], accounts: ['production'] }],
  });
  const markdown = ['profiles', 'hanako', '--format', 'markdown'];

  it('is read from its file, and is one text for all, with the parts in the language of the user', async () => {
    const local = createLocalFolder(company({ file: 'hello.txt' }));
    writeFileSync(path.join(local.folder, 'hello.txt'), 'Hello {displayName}!\n\n{signInSteps}\n');
    const { code, out, err } = await local.idc(markdown);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Hello Hanako Hanako!\n\nポータルを開き、/);
    local.write(company('Hi {userName}.'));
    expect((await local.idc(markdown)).out).toBe('Hi hanako.\n');
  });

  it('is in a saved plan, so the message is the one that was reviewed', async () => {
    const local = createLocalFolder(company({ file: 'hello.txt' }));
    const [file, saved, letters] = ['hello.txt', 'plan.json', 'letters'].map((name) => path.join(local.folder, name));
    writeFileSync(file ?? '', 'Reviewed, {userName}.\n');
    expect((await local.idc(['plan', '--out', saved ?? ''])).code).toBe(0);
    writeFileSync(file ?? '', 'Not reviewed, {userName}.\n');
    const { code, err } = await local.idc(['apply', saved ?? '', '--yes', '--letters', letters ?? '']);
    expect(code, err).toBe(0);
    expect(readFileSync(path.join(letters ?? '', 'hanako.md'), 'utf8')).toBe('Reviewed, hanako.\n');
  });

  it('a name that is wrong stops before anything is read or written', async () => {
    const local = createLocalFolder(company({ file: '../hello.txt' }));
    const { code, err } = await local.idc(['apply', '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('text-file-outside');
  });
});
