import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Seed } from '../../../src/emulator/index.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { listOf } from '../../../src/core/words.ts';
import { importableSections } from '../../../src/inventory/sections.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { accounts } from '../../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';
import type { Organisation } from '../../support/organisation.ts';
import { runIdc } from '../../support/run-idc.ts';

const user = (name: string, email?: string): NonNullable<Organisation['users']>[string] => ({
  DisplayName: `${name} ${name}`,
  Name: { GivenName: name, FamilyName: name },
  ...(email !== undefined && { Emails: [{ Value: email, Primary: true, Type: 'work' }] }),
});

const statement = (index: number): object => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::b${index}/*`,
});
const policyOf = (statements: number): object => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: statements }, (_, index) => statement(index)),
});

const live: Organisation = {
  users: { ann: user('ann', 'ann@example.com'), bob: user('bob'), gone: user('gone') },
  groups: {
    ops: { description: 'Runs it', members: ['ann', 'bob'] },
    AWSControlTowerAdmins: {
      description: 'Admin rights to AWS Control Tower core and provisioned accounts',
      members: ['ann'],
    },
  },
  permissionSets: {
    AWSReadOnlyAccess: { description: 'This policy grants permissions to view resources' },
    Idle: { description: 'Nobody has it' },
    Long: { inlinePolicy: policyOf(20), sessionDuration: 'PT8H' },
    Read: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], inlinePolicy: policyOf(1) },
  },
  assignments: [
    `GROUP ops Read ${accounts.production}`,
    `GROUP ops Read ${accounts.staging}`,
    `GROUP ops Long ${accounts.production}`,
    `GROUP ops Long ${accounts.staging}`,
    `USER bob Read ${accounts.management}`,
    `GROUP AWSControlTowerAdmins AWSReadOnlyAccess ${accounts.production}`,
    `USER ann AWSReadOnlyAccess ${accounts.production}`,
  ],
  orphans: [`USER gone Read ${accounts.staging}`],
};

/** A local Identity Center with all of this in it; the file beside it says its region only. */
async function adopted(organisation: Organisation = live, seed?: Seed): Promise<LocalFolder & { out: string }> {
  const local = createLocalFolder({});
  await local.plant(organisation, seed);
  return { ...local, out: path.join(local.folder, 'adopted.yaml') };
}

async function planOf(file: string, ...flags: string[]): Promise<Plan> {
  const { out, err } = await runIdc(['plan', '-f', file, '--local', '--format', 'json', ...flags]);
  expect(err).toBe('');
  return JSON.parse(out) as Plan;
}

describe('idc import', () => {
  it('writes a file whose plan is empty, with comments on what to decide', async () => {
    const local = await adopted();
    const { code, out, err } = await local.idc(['import', '--out', local.out]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err.split('\n')).toEqual([
      'Imported 2 users, 1 group, 3 permission sets, 5 assignments in 2 entries and 1 policy file.',
      'Left alone, by the section ignore: 1 group, 1 permission set, 1 membership and 2 assignments.',
      'Not in the file, since their user or group was deleted: 1 assignment. `idc plan --orphans` shows their removal.',
      `Next: idc plan --file ${local.out} --local`,
      '',
    ]);
    const text = readFileSync(local.out, 'utf8');
    expect(
      text
        .replaceAll(/ssoins-[0-9a-f]{16}/g, 'ssoins-X')
        .replaceAll(/d-[0-9a-f]{10}\./g, 'd-X.')
        .replaceAll(/[0-9a-f-]{36}/g, 'ID'),
    ).toMatchSnapshot();
    expect(JSON.parse(readFileSync(path.join(local.folder, 'policies/Long.json'), 'utf8'))).toEqual(policyOf(20));
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [] });
  });

  it('leaves orphans to a plan that is asked to remove them', async () => {
    const local = await adopted();
    await local.idc(['import', '--out', local.out]);
    const { steps } = await planOf(local.out, '--orphans');
    expect(steps.map(({ action, label }) => `${action} ${label}`)).toEqual([
      expect.stringMatching(/^delete Read in staging to a deleted user \([0-9a-f-]{36}\)$/),
    ]);
  });

  it('tells of roles that lack an edit, which are all that the first plan shows', async () => {
    const local = await adopted({
      ...live,
      stale: { Read: { managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'] } },
    });
    await local.idc(['import', '--out', local.out]);
    expect(readFileSync(local.out, 'utf8')).toContain(
      '  # The role lacks the latest edit in management, production and staging: the next apply provisions it.\n  Read:\n',
    );
    const { steps } = await planOf(local.out);
    expect(steps.map(({ id, changes }) => [id, changes.map(({ field }) => field)])).toEqual([
      ['permission-set/Read', ['provisioned']],
    ]);
  });

  it('prints to stdout with every policy in it, from a snapshot just as well', async () => {
    const local = await adopted();
    const printed = await local.idc(['import']);
    expect(printed.out).toContain('    inlinePolicy:\n      Version: "2012-10-17"\n');
    expect(printed.out).not.toContain('policies/');
    expect(existsSync(path.join(local.folder, 'policies'))).toBe(false);

    const snapshot = path.join(local.folder, 'live.json');
    await local.idc(['snapshot', '--out', snapshot]);
    const { out, code } = await runIdc(['import', '--snapshot', snapshot]);
    expect(code).toBe(0);
    expect(out).toContain('on 2026-06-15 12:00 UTC from a snapshot of 2026-06-15 12:00 UTC.');
    const contentOf = (text: string): string => text.slice(text.indexOf('version: 1'));
    expect(contentOf(out)).toBe(contentOf(printed.out));
    expect((await runIdc(['import', '--snapshot', snapshot, '--region', 'eu-west-1'])).err).toContain(
      '(snapshot-region)',
    );
  });

  it('overwrites a file, or a policy beside it, only where that was asked for', async () => {
    const local = await adopted();
    writeFileSync(local.out, 'mine');
    const refused = await local.idc(['import', '--out', local.out]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`${local.out} is there already; nothing was written. (existing-file)`);
    expect(readFileSync(local.out, 'utf8')).toBe('mine');
    // It is said before anything is read: without --local there are no credentials either.
    expect((await runIdc(['import', '--out', local.out])).err).toContain('(existing-file)');
    expect(existsSync(path.join(local.folder, 'policies'))).toBe(false);

    expect((await local.idc(['import', '--out', local.out, '--force'])).code).toBe(0);
    rmSync(local.out);
    expect((await local.idc(['import', '--out', local.out])).err).toContain('policies/Long.json is there already');
    expect(existsSync(local.out)).toBe(false);
  });

  it('writes only the sections that are asked for, and manages no other', async () => {
    const local = await adopted();
    await local.idc(['import', '--out', local.out, '--only', 'permission-sets,assignments']);
    const text = readFileSync(local.out, 'utf8');
    expect([...text.matchAll(/^(\w+):/gm)].map(([, key]) => key)).toEqual([
      'version',
      'identityCenter',
      'accounts',
      'permissionSets',
      'assignments',
      'ignore',
    ]);
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [] });
    const wrong = await local.idc(['import', '--only', 'users,sets']);
    expect(wrong.err).toContain('and not "sets". (bad-flag)');
  });

  it('names every section that --only takes where it is given another', async () => {
    const { err, code } = await runIdc(['import', '--local', '--only', 'rooms']);
    expect(code).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(listOf(importableSections.map(({ word }) => word)));
    expect(importableSections.map(({ name }) => name)).toEqual([...new Set(kinds.map(({ section }) => section.name))]);
  });

  it('only refers to the users and groups of a directory that is said to be external', async () => {
    const local = await adopted();
    const external = ['import', '--directory', 'external'];
    expect((await local.idc([...external, '--out', local.out])).code).toBe(0);
    const text = readFileSync(local.out, 'utf8');
    expect(text).toContain('\n  directory: external\n');
    expect(text).not.toMatch(/^(users|groups):/m);
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [] });
    expect((await local.idc([...external, '--only', 'users'])).err).toContain("an identity provider's");
  });

  it('proposes what takes exactly the accounts of an entry, in the order in which they are named', async () => {
    const ids = {
      management: accounts.management,
      prodEu: '222222222222',
      prodUs: '333333333333',
      dev: '444444444444',
    };
    const local = await adopted(
      {
        groups: { all: {}, prod: {}, some: {} },
        permissionSets: { Read: {}, Write: {} },
        assignments: [
          ...Object.values(ids).map((id) => `GROUP all Read ${id}`),
          `GROUP prod Write ${ids.prodEu}`,
          `GROUP prod Write ${ids.prodUs}`,
          `GROUP some Write ${ids.dev}`,
          `GROUP some Write ${ids.management}`,
        ],
      },
      {
        accounts: [
          { id: ids.management, name: 'management' },
          { id: ids.prodEu, name: 'prod-eu' },
          { id: ids.prodUs, name: 'prod-us' },
          { id: ids.dev, name: 'dev' },
          { id: '555555555555', name: 'prod-old', state: 'SUSPENDED' },
        ],
      },
    );
    local.write({ accounts: undefined });
    const { out } = await local.idc(['import']);
    const later = 'instead of `accounts` takes later ones as well.';
    expect(out.slice(out.indexOf('\nassignments:')).replaceAll(/\n +# /g, ' ')).toBe(
      [
        `\nassignments: To decide: these are exactly all active accounts. \`all: true\` ${later}`,
        '  - groups: [ all ]',
        '    permissionSets: [ Read ]',
        `    accounts: [ management, dev, prod-eu, prod-us ] To decide: these are exactly the active accounts that match prod-*. \`accounts: ["prod-*"]\` ${later}`,
        '  - groups: [ prod ]',
        '    permissionSets: [ Write ]',
        '    accounts: [ prod-eu, prod-us ]',
        '  - groups: [ some ]',
        '    permissionSets: [ Write ]',
        '    accounts: [ management, dev ]',
        '',
      ].join('\n'),
    );
  });

  it('lists what a user has and the file has no key for, and an edit makes a written address the primary one', async () => {
    const local = await adopted({ users: { ann: user('ann', 'ann@example.com') } });
    await local.visit(({ world }) => {
      for (const row of world.users.rows()) {
        world.users.put({
          ...row,
          Name: { ...row.Name, MiddleName: 'M.', HonorificPrefix: 'Dr.' },
          Website: 'https://ann.example.com',
          Emails: [{ Value: 'ann@example.com', Type: 'home', Primary: false }],
        });
      }
    });
    await local.idc(['import', '--out', local.out]);
    const text = readFileSync(local.out, 'utf8');
    expect(text.replaceAll(/\n +# /g, ' ')).toContain(
      'left as it is: a middle name, an honorific prefix, a website and an e-mail address that is not the primary one.',
    );
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [] });

    writeFileSync(local.out, text.replace('ann@example.com }', 'ann@example.org }'));
    const applied = await runIdc(['apply', '-f', local.out, '--local', '--yes']);
    expect(applied.code, applied.err).toBe(0);
    await local.visit(({ world }) => {
      expect(world.users.rows()[0]).toMatchObject({
        Name: { MiddleName: 'M.' },
        Emails: [{ Value: 'ann@example.org', Type: 'home', Primary: true }],
      });
    });
  });

  it('shows the section cli in a comment, which is right once it is uncommented', async () => {
    const local = await adopted();
    const { out } = await local.idc(['import']);
    const from = out.indexOf('# cli:');
    const until = out.indexOf('\n\n', from);
    writeFileSync(local.out, out.slice(0, from) + out.slice(from, until).replaceAll(/^# /gm, '') + out.slice(until));
    expect(await runIdc(['validate', local.out])).toMatchObject({ code: 0 });
    expect(readFileSync(local.out, 'utf8')).toContain('\ncli:\n  sessionName: identity-center\n');
  });

  it('gives accounts that share a name by their ids, and says which are suspended', async () => {
    const local = await adopted(
      {
        users: { ann: user('ann', 'a@example.com') },
        permissionSets: { Read: {} },
        assignments: ['USER ann Read 222222222222'],
      },
      {
        accounts: [
          { id: accounts.management, name: 'management' },
          { id: '222222222222', name: 'sandbox' },
          { id: '333333333333', name: 'Sandbox' },
          { id: '444444444444', name: 'retired', state: 'SUSPENDED' },
        ],
      },
    );
    local.write({ accounts: undefined });
    await local.idc(['import', '--out', local.out]);
    const text = readFileSync(local.out, 'utf8');
    expect(text).toContain('# To decide: account 222222222222 has no name here');
    expect(text).toContain('  retired: "444444444444" # SUSPENDED: nothing can be changed in it\n');
    expect(text).toContain('    accounts: [ "222222222222" ]\n');
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [] });
  });

  it('writes who may use which application, and attributes, where there is something to say', async () => {
    const applications = [{ name: 'Salesforce' }, { name: 'Wiki' }, { name: 'Shop' }];
    const local = await adopted(
      {
        users: { ann: user('ann', 'a@example.com'), bob: user('bob', 'b@example.com'), gone: user('gone') },
        groups: { ops: {} },
        applicationAssignments: [
          'GROUP ops Wiki',
          'GROUP ops Salesforce',
          'USER ann Wiki',
          'USER ann Salesforce',
          'USER bob Wiki',
        ],
        applicationOrphans: ['USER gone Shop'],
        accessControlAttributes: { team: '${path:title}' },
      },
      { applications },
    );
    await local.visit(({ world }) => {
      const [first, wiki] = world.applications.rows();
      if (first && wiki) world.applications.put({ ...first, Name: wiki.Name });
    });
    const { err } = await local.idc(['import', '--out', local.out]);
    expect(err).toContain(
      '5 application assignments in 3 entries and 1 attribute for access control.\nNot in the file, since their user or group was deleted: 1 application assignment.',
    );
    const text = readFileSync(local.out, 'utf8');
    const [, written = ''] = /\n(# arn:[^]*)\n?$/.exec(text) ?? [];
    expect(
      written
        .replaceAll(/apl-[0-9a-f]{16}/g, 'apl-X')
        .replaceAll(/ssoins-[0-9a-f]{16}/g, 'ssoins-X')
        .replaceAll(/[0-9a-f-]{36}/g, 'ID'),
    ).toMatchInlineSnapshot(`
      "# arn:aws:sso::999988887777:application/ssoins-X/apl-X is one of the applications called
      # "Wiki".
      # arn:aws:sso::999988887777:application/ssoins-X/apl-X is one of the applications called
      # "Wiki".
      # To decide: these orphaned assignments (a user, group or account was deleted) can't be written to this file. \`idc
      # plan --orphans\` shows their removal:
      # - Shop to a deleted user (ID)
      applicationAssignments:
        - groups: [ ops ]
          applications:
            - arn:aws:sso::999988887777:application/ssoins-X/apl-X
            - arn:aws:sso::999988887777:application/ssoins-X/apl-X
        - users: [ ann, bob ]
          applications: [ arn:aws:sso::999988887777:application/ssoins-X/apl-X ]
        - users: [ ann ]
          applications: [ arn:aws:sso::999988887777:application/ssoins-X/apl-X ]

      accessControlAttributes:
        team: \${path:title}
      "
    `);
    expect(await planOf(local.out)).toMatchObject({ steps: [], violations: [], orphans: 1 });

    const bare = await adopted({ users: {} }, { applications });
    await bare.idc(['import', '--out', bare.out]);
    expect(readFileSync(bare.out, 'utf8')).not.toMatch(/application|accessControl/);
    const only = await local.idc(['import', '--only', 'access-control-attributes']);
    expect(only.out).toContain('\naccessControlAttributes:\n');
    expect(only.out).not.toMatch(/^(users|groups|assignments|applicationAssignments):/m);
  });

  it('takes no way of reading that does not see orphans', async () => {
    const local = await adopted();
    const { code, err } = await local.idc(['import', '--read-strategy', 'principal']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(flags-mismatch)') as string });
  });
});
