import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/core/plan.ts';
import { renderMarkdown } from '../../../src/render/markdown/plan.ts';
import { renderText } from '../../../src/render/text/text.ts';
import { columns } from '../../../src/render/wrap.ts';
import { buildPlan, buildStep, gains, loses, mixedPlan, type NamedAccess } from '../plan-builder.ts';

const render = (plan: Plan, width = 100, color = false): string => renderText(plan, { color, width });

/** The text without the header and the digest, which are the same everywhere. */
const body = (plan: Plan, width = 100): string =>
  render(plan, width)
    .replace(/^Plan for ssoins-0123456789abcdef in us-east-1\n/, '')
    .replace(/Digest: sha256:[0-9a-f]{64}\n$/, '')
    .trim();

describe('a plan as text', () => {
  it('says everything, in this order', () => {
    expect(body(mixedPlan)).toBe(
      `
Plan for ssoins-0123456789abcdef in us-east-1: refused: the management account would have no
  administrator; hanako becomes an administrator of production; taro loses the last access.
Accounts: 999999999999, production (111122223333) and staging (444455556666)

Who gains, and who loses
  ! hanako becomes an administrator of production
  ! taro loses the last access; nothing is left in any account
  + hanako gains Operations (read) in production, through group platform
  + hanako gains AdministratorAccess (administrator) in production and staging, through group
    platform
  - taro loses Deployer (write) in staging, directly

Users
  + hanako (Hanako Yamada)
      + givenName: Hanako
      + email: hanako@example.com
  ~ taro (Taro Suzuki)
      ~ title: Engineer -> Lead

Memberships
  + hanako in platform (carries AdministratorAccess in 3 accounts; Operations in production)

Permission sets
  ~ Deployer
      - relayState: https://console.aws.amazon.com/
      ~ managedPolicies
          + arn:aws:iam::aws:policy/job-function/ViewOnlyAccess
          - arn:aws:iam::aws:policy/PowerUserAccess
      ~ inlinePolicy
          @@ -3,7 +3,7 @@
              "Statement": [
                {
                  "Effect": "Allow",
          -       "Action": "s3:*",
          +       "Action": "s3:PutObject",
                  "Resource": "arn:aws:s3:::site/*"
                }
              ]
      ~ provisioned: stale in production -> current
  +/- Operations (replaces Ops, since permission sets can't be renamed)
  - Ops (deleted after Operations replaces it)

Assignments
  + Operations in production to group platform
  - Deployer in staging to taro

Warnings
  ! Operations replaces Ops, so the names of its roles change: look for them in trust policies.
    [role-name-changes] identity.yaml:31:3
  ! Nobody tells hanako. [no-invitation]

Blocked: 1 change that these credentials can't make
  ! create assignment Audit in old to taro
      the account is suspended; the management account can close or reopen it

Refused
  ✗ Nobody is an administrator of the management account after this plan. [last-administrator]
      To allow it: grant AdministratorAccess in 999999999999 to somebody

Not managed by the file: 3 permission sets and 1 group.
2 orphaned assignments (their user or group was deleted) grant nothing; --orphans removes them.

Applying it takes about 14 calls to AWS, 3 seconds.
Plan: 4 to create, 2 to update, 2 to delete.
`.trim(),
    );
  });

  it('ends with the counts and the whole digest', () => {
    for (const width of [60, 100]) {
      expect(render(mixedPlan, width)).toMatch(
        /\nPlan: 4 to create, 2 to update, 2 to delete\.\nDigest: sha256:[0-9a-f]{64}\n$/,
      );
    }
  });

  it('has no line that is too long but the digest', () => {
    for (const width of [60, 100]) {
      const lines = render(mixedPlan, width)
        .split('\n')
        .filter((line) => !line.startsWith('Digest: '));
      expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
    }
  });

  it('says at 60 columns what it says at 100', () => {
    const dense = (text: string): string => text.replaceAll(/\s/g, '');
    expect(dense(render(mixedPlan, 60))).toBe(dense(render(mixedPlan, 100)));
    expect(render(mixedPlan, 60)).toContain(
      `
  + hanako gains AdministratorAccess (administrator) in
    production and staging, through group platform
`,
    );
  });

  it('says the same with colours', () => {
    const colored = render(mixedPlan, 60, true);
    expect(stripVTControlCharacters(colored)).toBe(render(mixedPlan, 60));
    expect(colored).toContain('  \u001B[32m+\u001B[39m hanako (Hanako Yamada)\n');
    expect(colored).toContain('\u001B[31m-\u001B[39m \u001B[31m      "Action": "s3:*",\u001B[39m\n');
    expect(render(mixedPlan, 60)).not.toContain('\u001B');
  });
});

describe('nothing to do', () => {
  it('is said in one line', () => {
    expect(body(buildPlan([]))).toBe('No changes. Identity Center matches the file.');
  });

  it('is said beside orphans', () => {
    expect(body(buildPlan([], { orphans: 1 }))).toBe(
      `
1 orphaned assignment (its user or group was deleted) grants nothing; --orphans removes it.

No changes. Identity Center matches the file.
`.trim(),
    );
  });

  it('is said beside what is blocked, which the file does not match', () => {
    const { blocked } = mixedPlan;
    expect(body(buildPlan([], { blocked }))).toBe(
      `
Blocked: 1 change that these credentials can't make
  ! create assignment Audit in old to taro
      the account is suspended; the management account can close or reopen it

No changes. Identity Center matches the file, except for what is blocked.
`.trim(),
    );
  });
});

describe('access', () => {
  const accessOf = (access: Partial<NamedAccess>): string =>
    body(buildPlan([buildStep('create', 'group/a')], { access })).split('\n\nGroups')[0] ?? '';

  it('names those together who gain the same', () => {
    const gained = ['hanako', 'taro'].flatMap((user) =>
      ['444455556666', '111122223333'].map((account) => gains(user, 'Admin', account, 'platform', '')),
    );
    expect(accessOf({ gained, lost: [] })).toBe(
      `
Plan for ssoins-0123456789abcdef in us-east-1: hanako and taro gain access.
No new administrator, no edited permission set that people hold, no lost access, no loosened
  limit, no changed or near end.
Accounts: production (111122223333) and staging (444455556666)

Who gains, and who loses
  + hanako and taro gain Admin (read) in production and staging, directly and through group platform
`.trim(),
    );
  });

  it('counts what is too long to be read, and keeps the losses in sight', () => {
    const gained = Array.from({ length: 50 }, (_, index) =>
      gains(`user${index + 10}`, `Set${index + 10}`, '111122223333', 'g'),
    );
    const lost = Array.from({ length: 30 }, (_, index) => loses(`person${index + 10}`, 'Old', '111122223333', 'g'));
    const text = accessOf({ gained, lost });
    expect(text).toContain(
      '\n  - 30 people (person10, person11, person12, …) lose Old (read) in production, through group g',
    );
    expect(text).toContain(': 50 people gain access; 30 people lose access.\n');
    expect(text).toContain(
      '  + user29 gains Set29 (read) in production, through group g\n    … and 30 people gain more: Set30, Set31, Set32, Set33, Set34 and 25 more in 1 account; --format\n    json lists all',
    );
  });

  it('names the lines of the file that grant access, and what removes it', () => {
    const at = (line: number, file = 'identity.yaml') => ({ places: [{ file, line, column: 3 }] });
    const changes = (...lines: number[]) =>
      lines.map((line) => ({
        step: buildStep('create', `assignment/1111222233${line}/Admin/USER/hanako`, at(line)),
        gain: gains('hanako', 'Admin', `1111222233${line}`, ''),
      }));
    const said = (plan: Plan): string => /[+-] (hanako .*)\n/.exec(render(plan, 200))?.[1] ?? '';
    const gained = (...lines: number[]): string => {
      const all = changes(...lines);
      return said(
        buildPlan(
          all.map(({ step }) => step),
          { access: { gained: all.map(({ gain }) => gain) } },
        ),
      );
    };
    expect(gained(40, 31)).toMatch(/, directly \(lines 31 and 40\)$/);
    expect(gained(31)).toMatch(/, directly \(line 31\)$/);
    expect(gained(31, 32, 33, 34, 35)).toMatch(/, directly \(lines 31, 32, 33 and 2 more\)$/);

    const lost = (id: string): string =>
      said(
        buildPlan([buildStep('delete', id)], {
          access: {
            lost: [loses('hanako', 'Admin', '111122223333', 'g')],
          },
        }),
      );
    expect(lost('user/hanako')).toMatch(/, through group g \(user deleted\)$/);
    expect(lost('group/g')).toMatch(/, through group g \(group deleted\)$/);
    expect(lost('permission-set/Admin')).toMatch(/, through group g \(permission set deleted\)$/);
    expect(lost('membership/g/hanako')).toMatch(/, through group g \(membership removed\)$/);
    expect(lost('assignment/111122223333/Admin/GROUP/g')).toMatch(/, through group g \(assignment removed\)$/);
    expect(lost('assignment/other')).toMatch(/, through group g$/);
  });

  it('puts last accesses and new administrators first, however many there are', () => {
    const users = Array.from({ length: 12 }, (_, index) => `user${index + 10}`);
    const lines = accessOf({
      newAdministrators: [
        { accounts: ['111122223333', '444455556666'], users: ['ann'] },
        { accounts: ['999999999999'], users: users.slice(0, 2) },
      ],
      lost: users.map((user) => loses(user, 'Old', '111122223333', '')),
      lastAccess: users,
    });
    expect(lines.slice(lines.indexOf('Who gains'))).toBe(
      `
Who gains, and who loses
  ! user10 and user11 become administrators of 999999999999
  ! ann becomes an administrator of production and staging
  ! user10, user11, user12, user13, user14, user15, user16, user17, user18, user19 and 2 more people
    lose their last access; nothing is left in any account
  - 12 people (user10, user11, user12, …) lose Old (read) in production, directly
`.trim(),
    );
  });

  it('names the management account and protected ones however long the plan is', () => {
    const others = Array.from({ length: 450 }, (_, index) => String(300_000_000_000 + index));
    const access = {
      gained: [
        ...others.map((account, index) => gains(`user${index}`, `Set${index}`, account, 'g')),
        gains('mallory', 'Tiny', '444455556666', ''),
        ...['999999999999', ...others].map((account) => gains('eve', 'Admin', account, '')),
      ],
      newAdministrators: [
        ...others.map((account, index) => ({ users: [`user${index}`], accounts: [account] })),
        { users: ['eve'], accounts: [...others, '999999999999'] },
      ],
    };
    const plan = buildPlan([buildStep('create', 'group/a')], {
      access,
      guards: {
        directory: 'identity-center',
        safety: { protected: [{ user: 'x', account: 'staging', permissionSet: 'Admin' }] },
        ignore: {},
      },
    });
    const text = renderText(plan, { color: false, width: 200 });
    expect(text).toMatch(/^Accounts: 999999999999, staging \(444455556666\), /m);
    expect(text).toMatch(/Who gains, and who loses\n {2}! eve becomes an administrator of 999999999999, /);
    const [first, second] = text.split('\n').filter((line) => line.startsWith('  + '));
    expect(first).toMatch(/eve gains Admin \(read\) in 451 accounts \(999999999999, /);
    expect(second).toMatch(/mallory gains Tiny \(read\) in staging/);
    for (const limit of [4000, 60_000]) {
      const markdown = renderMarkdown(plan, { limit });
      expect(markdown.length).toBeLessThanOrEqual(limit);
      expect(markdown).toMatch(/- \*\*New administrator\*\* of `999999999999`, /);
      expect(markdown).toContain(
        '| `eve` | gains | `Admin` | read | `999999999999` and 450 more accounts | directly |',
      );
      expect(markdown).toContain('| `mallory` | gains | `Tiny` | read | `staging` | directly |');
    }
  });

  it('says who gains and who loses an application', () => {
    const plan = buildPlan([buildStep('create', 'group/a')], { access: { applications: { Wiki: ['ann'] } } });
    expect(render(plan)).toContain(': ann gains an application.\n');
    expect(render(plan)).toContain('\n  + ann gains the application Wiki\n');
    expect(renderMarkdown(plan)).toContain('\n| `ann` | gains | application `Wiki` | | | |\n');
  });

  it('tells two accounts of one name apart', () => {
    const gained = [gains('hanako', 'Admin', '111122223333', ''), gains('hanako', 'Admin', '222233334444', '')];
    const accounts = { '111122223333': 'production', '222233334444': 'production' };
    const plan = buildPlan([buildStep('create', 'group/a')], { access: { gained, lost: [] }, accounts });
    const text = renderText(plan, { color: false, width: 120 });
    expect(text).toContain(
      'hanako gains Admin (read) in production (111122223333) and production (222233334444), directly',
    );
  });

  it('shows an account without a name by its id alone', () => {
    expect(accessOf({ gained: [gains('hanako', 'Admin', '222233334444', '')], lost: [] })).toContain(
      'Accounts: 222233334444\n',
    );
  });

  it('says so where no one gains or loses', () => {
    expect(accessOf({ gained: [], lost: [] })).toContain(': no one gains or loses access.\n');
  });
});

describe('documents', () => {
  const policy = (action: string): string => JSON.stringify({ Version: '2012-10-17', Action: action }, null, 2);
  const documentOf = (before: string | null, after: string | null): string =>
    body(
      buildPlan([
        buildStep('update', 'permission-set/A', {
          changes: [{ field: 'inlinePolicy', type: 'document', before, after }],
        }),
      ]),
    );

  it('show one changed word with what is around it', () => {
    expect(documentOf(policy('s3:Get*'), policy('s3:Put*'))).toContain(
      `
      ~ inlinePolicy
          @@ -1,4 +1,4 @@
            {
              "Version": "2012-10-17",
          -   "Action": "s3:Get*"
          +   "Action": "s3:Put*"
            }
`,
    );
  });

  it('are shown whole where they come or go', () => {
    expect(documentOf(null, policy('*'))).toContain(
      `
      + inlinePolicy
          + {
          +   "Version": "2012-10-17",
          +   "Action": "*"
          + }
`,
    );
    expect(documentOf(policy('*'), null)).toContain('\n          -   "Action": "*"\n');
  });
});

describe('hostile names', () => {
  const hostile = '\u001B[2J\u001B]0;owned\u0007x\nPlan: 0 to create, 0 to update, 0 to delete.\r\u202Egnihton\u202C';
  const long = 'x'.repeat(1000);

  const everywhere = (name: string): Plan =>
    buildPlan(
      [
        buildStep('create', 'group/a', {
          label: name,
          changes: [
            { field: name, type: 'value', before: name, after: name },
            { field: 'f', type: 'set', added: [name], removed: [name] },
            { field: 'd', type: 'document', before: 'a\nb', after: `a\n${name}\u0000` },
          ],
          replaces: name,
          places: [
            { file: name, line: 1, column: 1 },
            { file: `${name}.`, line: 1, column: 1 },
          ],
        }),
        buildStep('delete', `x-${name}/a`, { replacedBy: 'group/a' }),
      ],
      {
        access: {
          gained: [gains(name, name, name, name), gains('b', name, name, name)],
          lost: [loses(name, name, name, name)],
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
          {
            code: name,
            message: name,
            place: { file: name, line: 1, column: 1 },
          },
        ],
        blocked: [{ id: 'a', action: 'create', kind: name, label: name, reason: name }],
        violations: [{ code: name, message: name, allow: name }],
        ignored: { [name]: 1 },
      },
    );

  it.each([60, 100])('act on nothing at width %i', (width) => {
    const text = renderText(everywhere(hostile), { color: false, width });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.match(/^Plan: /gm)).toHaveLength(1);
  });

  it('never begin a line, however long they are', () => {
    const plan = everywhere(long);
    const lines = renderText(plan, { color: false, width: 60 }).split('\n');
    expect(Math.max(...lines.filter((line) => !line.startsWith('Digest')).map(columns))).toBeLessThanOrEqual(60);
    expect(lines.filter((line) => line.startsWith('x'))).toEqual([]);
  });
});
