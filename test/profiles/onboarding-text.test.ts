import { expect, it } from 'vitest';
import { renderPage, textOf } from '../render/markdown-page.ts';
import { person } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const company = {
  cli: { sessionName: 'company', startUrl: 'https://company.awsapps.com/start' },
  users: { hanako: person('Hanako'), taro: person('Taro') },
  groups: {},
  permissionSets: { Read: {} },
  assignments: [{ users: ['hanako'], permissionSets: ['Read'], accounts: ['production', 'staging'] }],
};

it('is a message that can be sent as it is: portal, password, MFA, the config, and three commands', async () => {
  const { code, out, err } = await createLocalFolder(company).idc(['profiles', 'hanako', '--format', 'markdown']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatchInlineSnapshot(`
    "Hello Hanako Hanako,

    you can sign in to AWS now:

    - Access portal: \`https://company.awsapps.com/start\`
    - User name: \`hanako\`

    Open the portal and enter your user name. AWS then sends a code to your e-mail address; enter it, and set your password. If no mail comes, look into the spam folder, and then ask us for a one-time password.

    Register an MFA device too, a passkey or an authenticator app: where the portal asks for it, or in the portal under "MFA devices".

    For the AWS CLI (version 2), put this into \`~/.aws/config\`:

    \`\`\`ini
    [sso-session company]
    sso_start_url = https://company.awsapps.com/start
    sso_region = us-east-1
    sso_registration_scopes = sso:account:access

    [profile Read-111122223333]
    sso_session = company
    sso_account_id = 111122223333
    sso_role_name = Read

    [profile Read-444455556666]
    sso_session = company
    sso_account_id = 444455556666
    sso_role_name = Read
    \`\`\`

    Then sign in, and see that it works:

    \`\`\`sh
    aws sso login --sso-session company
    aws sts get-caller-identity --profile Read-111122223333
    aws s3 ls --profile Read-111122223333
    \`\`\`

    On a machine without a browser, sign in with a code that you enter in a browser elsewhere:

    \`\`\`sh
    aws sso login --sso-session company --use-device-code
    \`\`\`
    "
  `);
});

it('has no commands for a user without grants, and begins with the default profile if there is one', async () => {
  const local = createLocalFolder(company);
  const { out, err } = await local.idc(['profiles', 'taro', '--format', 'markdown']);
  expect(out).not.toContain('aws sso login');
  expect(err).toContain('user-without-grants');
  const cli = { default: { account: 'staging', permissionSet: 'Read' } };
  local.write({ ...company, users: { hanako: { ...person('Hanako'), cli }, taro: person('Taro') } });
  expect((await local.idc(['profiles', 'hanako', '--format', 'markdown'])).out).toContain(
    'aws s3 ls --profile default',
  );
});

it('is right for a user without an e-mail address, and where an identity provider signs people in', async () => {
  const local = createLocalFolder({
    ...company,
    users: { hanako: { givenName: 'H', familyName: 'Y' }, taro: person('Taro') },
  });
  expect((await local.idc(['profiles', 'hanako', '--format', 'markdown'])).out).toContain('Ask us for a one-time');
  await local.plant({ users: { hanako: { DisplayName: 'H', Name: { GivenName: 'H', FamilyName: 'Y' } } } });
  const { groups: _groups, users: _users, ...rest } = company;
  local.write({ ...rest, identityCenter: { region: 'us-east-1', directory: 'external' } });
  const { code, out, err } = await local.idc(['profiles', 'hanako', '--format', 'markdown']);
  expect(code, err).toBe(0);
  expect(out).toContain('leads to our own sign-in');
});

it('is inert, whatever the display name', async () => {
  const displayName = '@octocat](https://evil.example) <img src=x> ```';
  const local = createLocalFolder({
    ...company,
    users: { hanako: { ...person('H'), displayName }, taro: person('Taro') },
  });
  const { root, faults, elements } = renderPage((await local.idc(['profiles', 'hanako', '--format', 'markdown'])).out);
  expect(faults).toEqual([]);
  expect(elements.filter(({ tagName }) => ['a', 'img'].includes(tagName))).toEqual([]);
  expect(textOf(root, false)).not.toContain('@octocat');
});

it.each([['--check'], ['--write'], ['--out', 'x']])('goes with no %s', async (...flags) => {
  const { code, err } = await createLocalFolder(company).idc(['profiles', 'hanako', '--format', 'markdown', ...flags]);
  expect(code).toBe(1);
  expect(err).toContain('(flags-mismatch)');
});
