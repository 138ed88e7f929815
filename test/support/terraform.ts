import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);
// Terraform's own place for a local mirror of providers, unless another is named.
const plugins = process.env['IDC_TEST_TERRAFORM_PLUGINS'] ?? '/usr/local/share/terraform/plugins';

/** What a test with Terraform lacks on this machine; undefined where it lacks nothing. */
export function reasonToSkip(): string | undefined {
  if (spawnSync('terraform', ['version']).status !== 0) return 'terraform is not installed';
  const provider = path.join(plugins, 'registry.terraform.io/hashicorp/aws');
  return existsSync(provider) ? undefined : `no hashicorp/aws provider in ${plugins}`;
}

/** One of every resource that Identity Center is made of. `more` stands among the attributes of the user. */
export const configuration = (url: string, more: string): string => `
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  endpoints {
    ssoadmin      = "${url}"
    identitystore = "${url}"
    organizations = "${url}"
    sts           = "${url}"
  }
}
data "aws_ssoadmin_instances" "this" {}
data "aws_organizations_organization" "this" {}
locals {
  arn   = data.aws_ssoadmin_instances.this.arns[0]
  store = data.aws_ssoadmin_instances.this.identity_store_ids[0]
}
resource "aws_identitystore_user" "hanako" {
  identity_store_id = local.store
  user_name         = "hanako"
  display_name      = "Hanako Yamada"
  ${more}
  name {
    given_name  = "Hanako"
    family_name = "Yamada"
  }
  emails {
    value   = "hanako@example.com"
    primary = true
  }
}
resource "aws_identitystore_group" "platform" {
  identity_store_id = local.store
  display_name      = "platform"
  description       = "Runs the platform"
}
resource "aws_identitystore_group_membership" "hanako" {
  identity_store_id = local.store
  group_id          = aws_identitystore_group.platform.group_id
  member_id         = aws_identitystore_user.hanako.user_id
}
resource "aws_ssoadmin_permission_set" "admin" {
  name             = "Admin"
  description      = "Full access"
  instance_arn     = local.arn
  session_duration = "PT8H"
  relay_state      = "https://console.aws.amazon.com/"
  tags             = { team = "platform" }
}
resource "aws_ssoadmin_managed_policy_attachment" "admin" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.admin.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_ssoadmin_customer_managed_policy_attachment" "deployer" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.admin.arn
  customer_managed_policy_reference {
    name = "deployer"
    path = "/team/"
  }
}
resource "aws_ssoadmin_permission_set_inline_policy" "admin" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.admin.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
resource "aws_ssoadmin_permissions_boundary_attachment" "admin" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.admin.arn
  permissions_boundary { managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" }
}
resource "aws_ssoadmin_account_assignment" "platform" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.admin.arn
  principal_type     = "GROUP"
  principal_id       = aws_identitystore_group.platform.group_id
  target_type        = "AWS_ACCOUNT"
  target_id          = [for account in data.aws_organizations_organization.this.accounts : account.id if account.name == "production"][0]
  # As at AWS (terraform-provider-aws#35158): provisioning that races with the removal of the last assignment fails.
  depends_on = [
    aws_ssoadmin_managed_policy_attachment.admin,
    aws_ssoadmin_customer_managed_policy_attachment.deployer,
    aws_ssoadmin_permission_set_inline_policy.admin,
    aws_ssoadmin_permissions_boundary_attachment.admin,
  ]
}
`;

/** A folder in which Terraform runs, with nothing of the machine but its program and the local mirror of providers. */
export function createTerraform(): { write(configuration: string): void; run(...args: string[]): Promise<unknown> } {
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-terraform-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string): string => path.join(folder, name);
  writeFileSync(file('cli.tfrc'), `provider_installation { filesystem_mirror { path = "${plugins}" } }`);
  return {
    write: (text) => writeFileSync(file('main.tf'), text),
    run: (...args) =>
      run('terraform', args, {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          TF_CLI_CONFIG_FILE: file('cli.tfrc'),
          CHECKPOINT_DISABLE: '1',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
        maxBuffer: 16 * 1024 * 1024,
      }),
  };
}
