import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../../src/core/plan.ts';
import { renderMarkdown, type MarkdownOptions } from '../../../src/render/markdown/plan.ts';
import { buildPlan, buildStep, gains, loses, mixedPlan, type PlanParts } from '../plan-builder.ts';
import { diffLines, renderPage, tablesOf, textOf, type Page } from '../markdown-page.ts';
import { depth } from '../../support/depth.ts';

const render = (plan: Plan, options: Partial<MarkdownOptions> = {}): string => renderMarkdown(plan, options);

const pageOf = (markdown: string): Page => {
  const page = renderPage(markdown);
  expect(page.faults).toEqual([]);
  return page;
};

const headings = ({ elements }: Page): string[] =>
  elements.filter(({ tagName }) => /^h\d$/.test(tagName)).map((one) => textOf(one));
const summaries = ({ elements }: Page): string[] =>
  elements.filter(({ tagName }) => tagName === 'summary').map((one) => textOf(one));

/** The steps that the diffs show: what begins a line with its sign and is not a field. */
const shownSteps = (page: Page): number => diffLines(page).filter((line) => /^[+!-] \S/.test(line)).length;

/** `left out` and `total` of each sort of rows. */
function omissionsIn(markdown: string): Record<string, { left: number; total: number }> {
  const [, list = ''] = /^\*\*Left out to keep this short: (.*)\.\*\* /m.exec(markdown) ?? [];
  return Object.fromEntries(
    [...list.matchAll(/(\d+) of (\d+) ([a-z ]+?)(?=, | and \d|$)/g)].map(([, left, total, rows = '']) => [
      rows,
      { left: Number(left), total: Number(total) },
    ]),
  );
}

describe('a plan as Markdown', () => {
  it('says everything, in this order', () => {
    const step = mixedPlan.steps.find(({ id }) => id === 'permission-set/Deployer');
    const assignment: Step = {
      ...buildStep('create', 'assignment/111122223333/Operations/GROUP/platform', {
        label: 'Operations in production to group platform',
      }),
      places: [
        { file: 'identity.yaml', line: 31, column: 3 },
        { file: 'identity.yaml', line: 9, column: 3 },
      ],
    };
    const { access, warnings, blocked, violations, ignored } = mixedPlan;
    const plan = buildPlan([...(step ? [step] : []), assignment], { access, warnings, blocked, violations, ignored });
    expect(render(plan)).toBe(`<!-- idc:plan -->
## Refused: the management account would have no administrator

It would do this: hanako becomes an administrator of production; taro loses the last access.

### Why it is refused

- Nobody is an administrator of the management account after this plan. (\`last-administrator\`)
  - To allow it: grant AdministratorAccess in \`999999999999\` to somebody

### Who gains, and who loses

- **New administrator** of \`production\`: \`hanako\`
- **Last access lost** (nothing left in any account): \`taro\`

| Who | | Permission set | Power | Accounts | Through | By |
|---|---|---|---|---|---|---|
| \`hanako\` | gains | \`Operations\` | read | \`production\` | group \`platform\` | \`identity.yaml:9\` and \`identity.yaml:31\` |
| \`hanako\` | gains | \`AdministratorAccess\` | **administrator** | \`production\` and \`staging\` | group \`platform\` | |
| \`taro\` | **loses** | \`Deployer\` | write | \`staging\` | directly | |

### Blocked: these credentials can't make these changes

- \`create assignment Audit in old to taro\`: the account is suspended; the management account can close or reopen it

### Warnings

- Operations replaces Ops, so the names of its roles change: look for them in trust policies. (\`role-name-changes\`, \`identity.yaml:31:3\`)
- Nobody tells hanako. (\`no-invitation\`)

Accounts: \`production (111122223333)\` and \`staging (444455556666)\`

### Steps: 1 to create and 1 to update (about 2 calls to AWS, 1 second)

<details><summary>Permission sets: 1 to update</summary>

\`\`\`diff
! Deployer
-     relayState: https://console.aws.amazon.com/
!     managedPolicies
-         arn:aws:iam::aws:policy/PowerUserAccess
+         arn:aws:iam::aws:policy/job-function/ViewOnlyAccess
!     inlinePolicy
@@ -3,7 +3,7 @@
            "Statement": [
              {
                "Effect": "Allow",
-               "Action": "s3:*",
+               "Action": "s3:PutObject",
                "Resource": "arn:aws:s3:::site/*"
              }
            ]
-     provisioned: stale in production
+     provisioned: current
\`\`\`

</details>

<details><summary>Assignments: 1 to create</summary>

\`\`\`diff
+ Operations in production to group platform
\`\`\`

</details>

### Outside this plan

- Not managed by the file: 3 permission sets and 1 group.

An apply refuses this plan too.

<sub>\`ssoins-0123456789abcdef\` in \`us-east-1\`, digest \`${plan.digest}\`</sub>
`);
  });

  it('is a document of headings, a table and folded diffs', () => {
    const page = pageOf(render(mixedPlan));
    expect(headings(page)).toEqual([
      'Refused: the management account would have no administrator',
      'Why it is refused',
      'Who gains, and who loses',
      "Blocked: these credentials can't make these changes",
      'Warnings',
      'Steps: 4 to create, 2 to update and 2 to delete (about 14 calls to AWS, 3 seconds)',
      'Outside this plan',
    ]);
    expect(summaries(page)).toEqual([
      'Users: 1 to create and 1 to update',
      'Memberships: 1 to create',
      'Permission sets: 1 to create, 1 to update and 1 to delete',
      'Assignments: 1 to create and 1 to delete',
    ]);
    expect(tablesOf(page)).toEqual([
      [
        ['Who', '', 'Permission set', 'Power', 'Accounts', 'Through'],
        ['hanako', 'gains', 'Operations', 'read', 'production', 'group platform'],
        ['hanako', 'gains', 'AdministratorAccess', 'administrator', 'production and staging', 'group platform'],
        ['taro', 'loses', 'Deployer', 'write', 'staging', 'directly'],
      ],
    ]);
    expect(shownSteps(page)).toBe(mixedPlan.steps.length);
  });

  it('says in its first heading what becomes of it', () => {
    const verdict = (plan: Plan): string | undefined => headings(pageOf(render(plan)))[0];
    const { blocked, violations } = mixedPlan;
    expect(verdict(buildPlan([buildStep('create', 'group/a')]))).toBe('Plan: no one gains or loses access');
    expect(verdict(buildPlan([]))).toBe('No changes');
    expect(verdict(buildPlan([], { violations }))).toBe('Refused: the management account would have no administrator');
    expect(render(buildPlan([], { blocked }))).toContain(
      '## No changes\n\nIdentity Center matches the file, except for what is blocked.\n',
    );
  });

  it('says what the merge of its pull request does', () => {
    const merge = (plan: Plan, note?: string): string =>
      /\n(?:Because\. )?(Merging .*)\n/.exec(
        renderMarkdown(plan, { ofPullRequest: true, ...(note !== undefined && { note }) }),
      )?.[1] ?? '';
    const steps = [buildStep('create', 'user/hanako')];
    const loosened = { key: 'safety.maxRemovals', before: '5', after: '60', loosens: true };
    expect(merge(buildPlan(steps), 'Because.')).toBe('Merging applies exactly this, or asks again.');
    expect(merge(buildPlan([]))).toBe('Merging changes nothing.');
    expect(merge(buildPlan([], { limits: [loosened] }))).toBe(
      'Merging changes nothing now, and asks again unless this was reviewed.',
    );
    const begun = [{ commit: 'b'.repeat(40), missing: 'it has 1 error' }];
    const unknown = buildPlan([], { base: { name: 'main', document: {}, begun } });
    expect(merge(unknown)).toBe('Merging waits for an approval, since it is unknown what an earlier apply did.');
    expect(merge(mixedPlan)).toBe('Merging applies nothing while the plan is refused.');
  });

  it('ends with how to apply it, where it can be', () => {
    const plan = buildPlan([buildStep('create', 'group/a')]);
    expect(render(plan)).toContain(`\n    idc apply --digest ${plan.digest}\n`);
    expect(render(plan, { applyFlags: ['--orphans'] })).toContain(
      `\n    idc apply --orphans --digest ${plan.digest}\n`,
    );
    expect(render(buildPlan([]))).toContain(
      '## No changes\n\nIdentity Center matches the file.\n\n<sub>`ssoins-0123456789abcdef` in `us-east-1`, digest `sha256:',
    );
  });
});

describe('access in Markdown', () => {
  it('links the lines of the file where its address is known, and nowhere else', () => {
    const place = { file: 'teams/größe (1).yaml', line: 31, column: 3 };
    const subjects = { group: 'ops', 'permission-set': 'Admin', account: '1' };
    const plan = buildPlan([buildStep('create', 'group/a', { subjects, places: [place] })], {
      access: { gained: [gains('taro', 'Admin', '1', 'ops')] },
      warnings: [{ code: 'w', message: 'Look.', place }],
    });
    expect(render(plan)).not.toContain('](');
    const markdown = render(plan, { filesUrl: 'https://github.com/o/r/blob/abc' });
    const url = 'https://github.com/o/r/blob/abc/teams/gr%C3%B6%C3%9Fe%20%281%29.yaml#L31';
    expect(markdown).toContain(`| [\`teams/größe (1).yaml:31\`](${url}) |`);
    expect(markdown).toContain(`(\`w\`, [\`teams/größe (1).yaml:31:3\`](${url}))`);
    const elsewhere = render(plan, { filesUrl: 'javascript:alert(1)' });
    expect(elsewhere).not.toContain('](');
  });

  const range = (count: number, of: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => of(index));
  const people = range(11, (index) => `user${index + 10}`);
  const accounts = range(40, (index) => `2000000000${index + 10}`);
  const everybody = people.flatMap((user) => accounts.map((account) => gains(user, 'ReadOnly', account, 'all')));

  it('is counted where it is long, with every name folded under it', () => {
    const page = pageOf(
      render(buildPlan([buildStep('create', 'group/all')], { access: { gained: everybody, lost: [] } })),
    );
    const [table, folded] = tablesOf(page);
    expect(table?.slice(1)).toEqual([['11 people', 'gain', 'ReadOnly', 'read', '40 accounts', 'group all']]);
    expect(summaries(page).slice(0, 2)).toEqual(['Who gains what, by name', '40 accounts']);
    const namesIn = (column: number): string[] => [
      ...new Set(folded?.slice(1).flatMap((row) => (row[column] ?? '').split(/, | and /))),
    ];
    expect(namesIn(0)).toEqual(people);
    expect(namesIn(4)).toEqual(accounts);
  });

  it('shows losses beside many gains', () => {
    const gained = range(50, (index) => `user${index + 10}`).map((user, index) =>
      gains(user, `Set${index}`, '111122223333', 'g'),
    );
    const lost = [loses('taro', 'Old', '111122223333', '')];
    const markdown = render(buildPlan([buildStep('create', 'group/g')], { access: { gained, lost } }));
    const [table, folded] = tablesOf(pageOf(markdown));
    expect(table?.at(-1)).toEqual(['taro', 'loses', 'Old', 'read', 'production', 'directly']);
    expect(table).toHaveLength(1 + 20 + 1);
    expect(folded).toHaveLength(1 + 30);
    expect(markdown).toContain(
      '\n… and 30 people gain more: `Set20`, `Set21`, `Set22`, `Set23`, `Set24` and 25 more in 1 account\n',
    );
  });
});

describe('a plan that is too long', () => {
  const policy = (index: number): string =>
    JSON.stringify({ Sid: `s${index}`, Action: ['s3:Get*', 's3:Put*'] }, null, 2);
  const longSteps = (count: number): Step[] =>
    Array.from({ length: count }, (_, index) => {
      if (index % 5 === 0) {
        return buildStep('update', `permission-set/set${index}`, {
          changes: [{ field: 'inlinePolicy', type: 'document', before: policy(index), after: policy(index + 1) }],
        });
      }
      if (index % 5 === 1)
        return buildStep('delete', `assignment/a${index}`, { label: `Set in production to user${index}` });
      return buildStep('create', `user/u${index}`, {
        changes: [{ field: 'email', type: 'value', before: null, after: `u${index}@example.com` }],
      });
    });
  const longPlan = (count: number, rest: PlanParts = {}): Plan =>
    buildPlan(longSteps(count), {
      access: {
        gained: Array.from({ length: count }, (_, index) =>
          gains(`u${index}`, `Set${index % 400}`, '111122223333', 'g'),
        ),
        lost: Array.from({ length: count / 5 }, (_, index) => loses(`x${index}`, `Old${index}`, '444455556666', '')),
        lastAccess: Array.from({ length: count / 5 }, (_, index) => `x${index}`),
        newAdministrators: Array.from({ length: count / 10 }, (_, index) => ({
          accounts: [String(200_000_000_000 + index)],
          users: [`u${index}`],
        })),
      },
      warnings: Array.from({ length: count / 5 }, (_, index) => ({
        code: 'w',
        message: `Something about user ${index}.`,
      })),
      ...rest,
    });

  it('is shortened by whole rows, and its summary stays true', () => {
    const { violations } = mixedPlan;
    const plan = longPlan(5000, { violations });
    const markdown = render(plan, { runUrl: 'https://github.example/run/7' });
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown.length).toBeGreaterThan(55_000);
    expect(markdown).toContain(
      '## Refused: the management account would have no administrator\n\nIt would do this: 500 people become administrators of `200000000000`, `200000000001` and 498 more accounts; 5000 people gain access; 1000 people lose their last access.\n',
    );
    expect(markdown).toContain('### Steps: 3000 to create, 1000 to update and 1000 to delete (');
    expect(markdown).toContain(
      'The artifact of [this workflow run](https://github.example/run/7) has the whole plan, and its summary shows more of it.\n',
    );
    expect(markdown).toContain(plan.digest);
    const page = pageOf(markdown);
    expect(summaries(page).slice(-3)).toEqual([
      'Permission sets: 1000 to update',
      'Assignments: 1000 to delete',
      'Users: 3000 to create',
    ]);
    const omissions = omissionsIn(markdown);
    expect(shownSteps(page) + (omissions['changes']?.left ?? 0)).toBe(5000);
    expect(omissions['changes']?.total).toBe(5000);
    const shownWarnings = markdown.match(/^- Something about user/gm)?.length ?? 0;
    expect(shownWarnings + (omissions['warnings']?.left ?? 0)).toBe(1000);
    expect(omissions['reasons']).toBeUndefined();
    const rows = tablesOf(page)[0] ?? [];
    expect(rows.filter(([, verb]) => verb === 'loses')).toHaveLength(20);
    expect(markdown).toMatch(
      /\*\*Last access lost\*\* \(nothing left in any account\): `x0`, .* and 990 more people\n/,
    );
    // What each part says of itself is what the notice says of all.
    const parts = [...markdown.matchAll(/^… and (\d+) more, left out here$/gm)].map(([, count]) => Number(count));
    const all = Object.values(omissions).map(({ left }) => left);
    expect(parts.reduce((a, b) => a + b)).toBe(all.reduce((a, b) => a + b));
  });

  it('shows some of every kind', () => {
    const lines = diffLines(pageOf(render(longPlan(5000))));
    for (const begin of ['! set', '- Set in', '+ u']) {
      expect(lines.filter((line) => line.startsWith(begin)).length, begin).toBeGreaterThan(20);
    }
  });

  it('drops a step that is too long for itself, and none for its sake', () => {
    const steps = [
      buildStep('create', 'group/long', {
        changes: [{ field: 'description', type: 'value', before: null, after: '`'.repeat(70_000) }],
      }),
      buildStep('create', 'group/short'),
    ];
    const markdown = render(buildPlan(steps));
    expect(diffLines(pageOf(markdown))).toEqual(['+ short']);
    expect(markdown).toContain('**Left out to keep this short: 1 of 2 changes.** `idc plan` shows the whole plan.\n');
  });

  it('is within its limit and whole in itself, whatever the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1500, max: 12_000 }), (fives, limit) => {
        const { violations, blocked, ignored } = mixedPlan;
        const plan = longPlan(fives * 5, { violations, blocked, ignored });
        const markdown = render(plan, { limit });
        expect(markdown.length).toBeLessThanOrEqual(limit);
        expect(markdown).toMatch(
          /^<!-- idc:plan -->\n## Refused: the management account would have no administrator\n/,
        );
        expect(markdown.endsWith(`\`${plan.digest}\`</sub>\n`)).toBe(true);
        const page = pageOf(markdown);
        expect(shownSteps(page) + (omissionsIn(markdown)['changes']?.left ?? 0)).toBe(plan.steps.length);
        const widths = tablesOf(page).map((rows) => new Set(rows.map(({ length }) => length)).size);
        expect(widths.every((width) => width === 1)).toBe(true);
      }),
      depth(100),
    );
  });
});
