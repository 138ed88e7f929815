import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/core/address.ts';
import type { Plan } from '../../src/core/plan.ts';
import { sanitize, sanitizeName } from '../../src/core/sanitize.ts';
import { renderMarkdown } from '../../src/render/markdown/plan.ts';
import { markerLine } from '../../src/core/marker.ts';
import { buildPlan, buildStep, gains, loses } from './plan-builder.ts';
import { descendants, diffLines, renderPage, skeletonOf, tablesOf, textOf, type Page } from './markdown-page.ts';
import { depth } from '../support/depth.ts';

/** This name in every text that comes from the file or from AWS. */
function everywhere(name: string): Plan {
  const place = { file: name, line: 7, column: 1 };
  return buildPlan(
    [
      buildStep('create', 'group/a', {
        subjects: { group: name, 'permission-set': name, account: name },
        label: name,
        changes: [
          { field: name, type: 'value', before: name, after: `${name}.` },
          { field: name, type: 'set', added: [name], removed: [name] },
          { field: name, type: 'document', before: `a\n${name}\nb`, after: `a\n${name}\nc` },
        ],
        replaces: addressOf('group', [name]),
        places: [place],
      }),
      { ...buildStep('delete', 'x/a', { replacedBy: 'group/a' }), kind: `x-${name}`, label: name },
    ],
    {
      instance: { ...buildPlan([]).instance, arn: name, region: name },
      file: name,
      access: {
        gained: [{ ...gains(name, name, name), ways: [{ via: name, assignment: 'created', membership: 'kept' }] }],
        lost: [loses(name, name, name, '')],
        lastAccess: [name],
        newAdministrators: [{ accounts: [name], users: [name] }],
      },
      notes: [
        {
          code: 'carries',
          group: name,
          steps: ['group/a'],
          grants: [{ permissionSet: name, accounts: [name] }],
          applications: [name],
        },
      ],
      warnings: [
        { code: name, message: name, place },
        { code: 'w', message: `The user ${name} (${name}), "${name}": gone.` },
        {
          code: 'w',
          message: `${name} allow: { ${name}: 1 } ${name}`,
        },
      ],
      blocked: [{ id: 'a', action: 'create', kind: name, label: name, reason: name }],
      violations: [{ code: name, message: name, allow: name }],
      ignored: { [name]: 1 },
    },
  );
}

const pageOf = (name: string): Page => renderPage(renderMarkdown(everywhere(name), { runUrl: name, note: name }));

/** What GitHub makes something of in text, after Markdown has been read; code it leaves alone. */
const triggers = {
  mention: /@[\p{L}\p{N}]/u,
  issue: /#\d|\bgh-\d/i,
  commit: /\b[0-9a-f]{7,40}\b/i,
  link: /:\/\/|www\.|mailto:|xmpp:/i,
  shortcode: /:[\w+-]+:/,
  math: /\$/,
  footnote: /\[\^/,
};

// Backslashes before a pipe are doubled in a table, since readers differ in what they make of them there.
const plain = (cell: string): string => cell.replaceAll(/\\+\|/g, '|');

/** What becomes of a name: the document around it, what GitHub would act on, and how it is shown. */
function effectOf(name: string) {
  const page = pageOf(name);
  const text = textOf(page.root, false);
  return {
    faults: page.faults,
    // The marker alone names the file by itself.
    skeleton: skeletonOf(page.root).map((line) => line.replace(/^1 comment {2}idc:plan:\S* $/, '1 comment  idc:plan ')),
    triggered: Object.entries(triggers).flatMap(([what, trigger]) =>
      trigger.test(text) ? [`${what} in ${text}`] : [],
    ),
    rows: tablesOf(page)[0]
      ?.slice(1)
      .map((row) => row.map(plain)),
    step: diffLines(page)[0],
  };
}

const { skeleton } = effectOf('ordinary');

/** The document is the one that an ordinary name gives, and shows the name as it is. */
function noEffect(name: string): ReturnType<typeof effectOf> {
  const shown = plain(sanitizeName(name));
  return {
    faults: [],
    skeleton,
    triggered: [],
    rows: [
      [shown, 'gains', shown, 'read', shown, `group ${shown}`, plain(`${sanitize(name)}:7`)],
      [shown, 'loses', shown, 'read', shown, 'directly', ''],
    ],
    step: `+ ${sanitize(name)} (replaces ${sanitize(name)}, since groups can't be renamed; carries ${sanitizeName(name)} in ${sanitizeName(name)}; the application ${sanitizeName(name)})`,
  };
}

const hostile = [
  '@octocat and @github/security',
  'octocat@users.noreply.github.com',
  '#1, org/repo#1, GH-1, 0123456789abcdef0123456789abcdef01234567 and defaced',
  'http://evil.example www.evil.example mailto:a@b.example <https://evil.example>',
  'www.) (www.… "http:" ftp.',
  '[click](https://evil.example) ![x](https://evil.example/x.png) [a][b]',
  ':smile: :+1: :100:',
  '<img src=x onerror=alert(1)><script>alert(1)</script></summary></details></code></pre></table>',
  '<!-- idc:plan --> --> <!--',
  '| a | b |\n|---|---|\n| c | d |',
  String.raw`a|b\|c\\|d\\\|e` + '`f|g`',
  '\\',
  '`',
  '` `` ``` ```` ~~~',
  '``` \n```\n# no longer code\n```diff',
  '~~~\n~~~',
  '[^1] and [^1]: a footnote',
  '$`x`$ $$y$$ $z$',
  '# heading',
  '- list',
  '1. list',
  '7) list',
  '> [!WARNING]',
  '[ ] task',
  '===',
  '---',
  '***bold*** __bold__ ~~gone~~',
  '    indented',
  '&lt;b&gt; &#64;octocat &commat;octocat',
  '\u202Eevil\u200B@\u200Boctocat',
  '\n\n<details>\n\n',
  '\u3000',
  ' ',
  '',
  '"',
  'a, b and c',
  'x'.repeat(1000),
];

describe('a hostile name', () => {
  it.each(hostile)('acts on nothing: %j', (name) => {
    expect(effectOf(name)).toEqual(noEffect(name));
  });

  it('acts on nothing, whatever it is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile.slice(0, -1)),
      fc.constantFrom(
        ...Array.from('@#|`\\<>&*_~[]()!:.$-+=1a \n\t/"\''),
        '\r\n',
        '  ',
        '://',
        'www.',
        '```',
        '-->',
        '\u00a0',
        '山',
      ),
      fc.string({ maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const names = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(names, (name) => {
        expect(effectOf(name)).toEqual(noEffect(name));
      }),
      depth(400),
    );
  });

  it.each([...hostile, '../../evil/repo/blob/main/x', '/etc/passwd', 'a(b)/c]d', 'teams/größe.yaml'])(
    'leads nowhere but to the file, where lines are links: %j',
    (name) => {
      const filesUrl = 'https://github.com/octo-org/access/blob/0123456789abcdef0123456789abcdef01234567';
      const page = renderPage(renderMarkdown(everywhere(name), { filesUrl }));
      expect(page.faults).toEqual([]);
      expect(tablesOf(page)[0]?.[1]?.at(-1)?.replaceAll(/\\+\|/g, '|')).toBe(plain(`${sanitize(name)}:7`));
      for (const { attrs } of descendants(page.root, 'a')) {
        const href = attrs.find((attribute) => attribute.name === 'href')?.value ?? '';
        expect(href).toMatch(/#L7$/);
        // As a browser reads it.
        expect(new URL(href).href).toBe(href);
        expect(href.startsWith(`${filesUrl}/`)).toBe(true);
      }
    },
  );

  it('is not what a comment is found by', () => {
    const name = markerLine('plan');
    expect(
      renderMarkdown(everywhere(name))
        .split('\n')
        .filter((line) => line.startsWith('<!-- idc:')),
    ).toEqual([markerLine('plan', name)]);
  });
});
