import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEmulator } from '../support/emulator.ts';
import { runIdc } from '../support/run-idc.ts';
import { configuration, createTerraform, reasonToSkip } from '../support/terraform.ts';

test(
  'what Terraform has made is imported whole, and neither tool finds anything to do then',
  { timeout: 600_000 },
  async ({ skip }) => {
    const reason = reasonToSkip();
    skip(reason !== undefined, reason);
    const emulator = await startEmulator();
    const folder = mkdtempSync(path.join(tmpdir(), 'idc-terraform-'));
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const terraform = createTerraform();
    terraform.write(configuration(emulator.url, 'title = "Engineer"'));
    await terraform.run('init', '-no-color');
    await terraform.run('apply', '-auto-approve', '-no-color');

    vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('HOME', folder);
    const env = { AWS_ENDPOINT_URL: emulator.url };
    const file = path.join(folder, 'identity.yaml');
    // Of the folder that the tests run in, the file is for another instance.
    const blank = path.join(folder, 'blank.yaml');
    writeFileSync(blank, 'version: 1\nidentityCenter: { region: us-east-1 }\n');
    const imported = await runIdc(['import', '-f', blank, '--out', file], { env });
    expect(imported.code, imported.err).toBe(0);
    expect(readFileSync(file, 'utf8').replace(/^#.*\n/gm, '')).toMatchInlineSnapshot(`
      "
      version: 1

      identityCenter:
        region: us-east-1
        instanceArn: arn:aws:sso:::instance/ssoins-7015d9daf00a1704
        directory: identity-center

      accounts:
        management: "111111111111"
        production: "333333333333"
        retired: "555555555555" # SUSPENDED: nothing can be changed in it
        security: "222222222222"
        staging: "444444444444"

      users:
        hanako: { givenName: Hanako, familyName: Yamada, email: hanako@example.com, title: Engineer }

      groups:
        platform: { description: Runs the platform, members: [ hanako ] }

      permissionSets:
        Admin:
          description: Full access
          sessionDuration: 8h
          relayState: https://console.aws.amazon.com/
          managedPolicies: [ AdministratorAccess ]
          customerManagedPolicies: [ { name: deployer, path: /team/ } ]
          permissionsBoundary: { managedPolicy: PowerUserAccess }
          inlinePolicy: { Statement: [ { Action: s3:*, Effect: Allow, Resource: "*" } ], Version: "2012-10-17" }
          tags: { team: platform }

      assignments:
        - groups: [ platform ]
          permissionSets: [ Admin ]
          accounts: [ production ]
      "
    `);
    const planned = await runIdc(['plan', '-f', file, '--detailed-exitcode'], { env });
    expect(planned.code, planned.out + planned.err).toBe(0);

    // Applied, it changes nothing of what Terraform goes by either.
    const applied = await runIdc(['apply', '-f', file, '--yes'], { env });
    expect(applied.code, applied.err).toBe(0);
    await terraform.run('plan', '-detailed-exitcode', '-no-color');
  },
);
