import { describe, expect, it } from 'vitest';
import { accounts } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const elena = 'elena.mueller30@example.com';
const permissionSets = { Read: {} };
const read = { permissionSets: ['Read'], accounts: ['production'] };
const users = { [elena]: { givenName: 'Elena', familyName: 'Mueller' } };

/** Everywhere that a user is named: in the file beside the users, in the file beside live users, and in flags. */
const places: [string, (name: string) => { document: object; command: string[] }][] = [
  ['a member', (name) => ({ document: { users, groups: { g: { members: [name] } } }, command: ['validate'] })],
  [
    'a member for a time',
    (name) => ({
      document: { users, groups: { g: { members: [{ user: name, expires: '2099-01-31' }] } } },
      command: ['validate'],
    }),
  ],
  [
    'an assignment',
    (name) => ({ document: { users, assignments: [{ users: [name], ...read }] }, command: ['validate'] }),
  ],
  [
    'an application assignment',
    (name) => ({
      document: { users, applicationAssignments: [{ users: [name], applications: ['a'] }] },
      command: ['validate'],
    }),
  ],
  [
    'protected access',
    (name) => ({
      document: { users, safety: { protected: [{ user: name, account: 'production', permissionSet: 'Read' }] } },
      command: ['validate'],
    }),
  ],
  ['a rule', (name) => ({ document: { users, rules: { deny: [{ users: [name] }] } }, command: ['validate'] })],
  ['a rule beside live users', (name) => ({ document: { rules: { deny: [{ users: [name] }] } }, command: ['plan'] })],
  [
    'an assignment beside live users',
    (name) => ({ document: { permissionSets, assignments: [{ users: [name], ...read }] }, command: ['plan'] }),
  ],
  [
    'an assignment beside users of an identity provider',
    (name) => ({
      document: {
        identityCenter: { region: 'us-east-1', directory: 'external' },
        permissionSets,
        assignments: [{ users: [name], ...read }],
      },
      command: ['plan'],
    }),
  ],
  ['access --user', (name) => ({ document: {}, command: ['access', '--user', name] })],
  [
    'profiles NAME',
    (name) => ({ document: { users, cli: { startUrl: 'https://a.awsapps.com/start' } }, command: ['profiles', name] }),
  ],
];

describe('of an unknown user', () => {
  const run = async (place: (typeof places)[number][1], name: string): Promise<string> => {
    const { document, command } = place(name);
    const local = createLocalFolder(document);
    await local.plant({
      users: { [elena]: { DisplayName: 'E', Name: { GivenName: 'Elena', FamilyName: 'Mueller' } } },
      permissionSets: { Read: {} },
      assignments: [`USER ${elena} Read ${accounts.production}`],
    });
    const { code, err } = await local.idc(command);
    expect(code, err).toBe(1);
    expect(err).toContain(`There is no user "${name}"`);
    return err;
  };

  it.each(places)('%s offers no other person', async (_, place) => {
    const said = await run(place, 'sven.mueller70@example.com');
    expect(said).not.toContain('did you mean');
    expect(said).not.toContain('There is elena');
  });

  it.each(places)('%s offers the name that is two letters away', async (_, place) => {
    expect(await run(place, 'elena.muller3@example.com')).toContain(`did you mean "${elena}"?`);
  });
});

it('of an unknown group, the nearest is offered as before', async () => {
  const local = createLocalFolder({ groups: { production: {} } });
  await local.plant({ groups: { production: {} } });
  expect((await local.idc(['access', '--group', 'prod'])).err).toContain('did you mean "production"?');
});
