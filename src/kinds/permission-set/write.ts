import type { Aws } from '../../aws/connect.ts';
import { isAwsError } from '../../core/errors.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { findPermissionSet, listCustomerManagedPolicies, listManagedPolicies, type SetOf } from './read.ts';
import { provision } from './provision.ts';
import type { PermissionSetSpec } from './kind.ts';
import { comparablePolicy, minify } from '../shared/policy/document.ts';
import { stableJson } from '../../core/stable-json.ts';

/** A set as CreatePermissionSet leaves it: all that has calls of its own is still missing. */
const bare = (spec: PermissionSetSpec): PermissionSetSpec => ({
  name: spec.name,
  sessionDuration: spec.sessionDuration,
  ...(spec.description !== undefined && { description: spec.description }),
  ...(spec.relayState !== undefined && { relayState: spec.relayState }),
  tags: spec.tags,
  managedPolicies: [],
  customerManagedPolicies: [],
  provisioned: { stale: [] },
});

export async function createPermissionSet(aws: Aws, after: PermissionSetSpec): Promise<string | undefined> {
  try {
    const { PermissionSet } = await aws.ssoAdmin.createPermissionSet({
      InstanceArn: aws.instance.arn,
      Name: after.name,
      Description: after.description,
      SessionDuration: after.sessionDuration,
      RelayState: after.relayState,
      Tags: Object.entries(after.tags).map(([Key, Value]) => ({ Key, Value })),
    });
    const arn = PermissionSet?.PermissionSetArn ?? '';
    await editPermissionSet(aws, arn, bare(after), after);
    return arn;
  } catch (error) {
    if (!isAwsError(error, 'ConflictException')) throw error;
    // "Exists": another run, or this one before its answer got lost, made it. Adopt it and make it what the file says.
    const found = await findPermissionSet(aws, after.name);
    if (found?.id === undefined) throw error;
    await updatePermissionSet(aws, found.id, found.spec, after);
    return found.id;
  }
}

/** All edits first, then one provisioning of what AWS itself reports as stale. */
export async function updatePermissionSet(
  aws: Aws,
  arn: string,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
): Promise<void> {
  await editPermissionSet(aws, arn, before, after);
  const { accounts = [], provisioned } = before;
  const isEdited = stableJson(roleOf(before)) !== stableJson(roleOf(after));
  await provision(aws, arn, accounts, isEdited ? accounts : provisioned.stale);
}

/** What a role has of its set, comparable. */
const roleOf = (spec: PermissionSetSpec) => ({
  sessionDuration: spec.sessionDuration,
  managedPolicies: spec.managedPolicies,
  customerManagedPolicies: spec.customerManagedPolicies.map(({ name, path }) => `${path}${name}`).sort(),
  permissionsBoundary: spec.permissionsBoundary ?? null,
  inlinePolicy: comparablePolicy(spec.inlinePolicy),
});

export async function deletePermissionSet(aws: Aws, arn: string): Promise<void> {
  await ignoreNotFound(aws.ssoAdmin.deletePermissionSet({ InstanceArn: aws.instance.arn, PermissionSetArn: arn }));
}

/** A boundary comes first and goes last, and room is made before it is filled: the quota counts both. */
async function editPermissionSet(
  aws: Aws,
  arn: string,
  before: PermissionSetSpec,
  after: PermissionSetSpec,
): Promise<void> {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  const boundaryMoves =
    stableJson(before.permissionsBoundary ?? null) !== stableJson(after.permissionsBoundary ?? null);
  if (boundaryMoves && after.permissionsBoundary) await putBoundary(aws, set, after.permissionsBoundary);
  await editPolicies(aws, set, before, after);

  if (stableJson(comparablePolicy(before.inlinePolicy)) !== stableJson(comparablePolicy(after.inlinePolicy))) {
    if (after.inlinePolicy) {
      await aws.ssoAdmin.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: minify(after.inlinePolicy) });
    } else {
      await ignoreNotFound(aws.ssoAdmin.deleteInlinePolicyFromPermissionSet(set));
    }
  }
  const attributes = ({ description, sessionDuration, relayState }: PermissionSetSpec) => ({
    Description: description,
    SessionDuration: sessionDuration,
    RelayState: relayState,
  });
  if (stableJson(attributes(before)) !== stableJson(attributes(after))) {
    // All three always: the service clears a relay state that is left out, but keeps a description, and takes no empty
    // one. So a description is removed by a blank, which reads as none.
    const { description = before.description === undefined ? undefined : ' ' } = after;
    await aws.ssoAdmin.updatePermissionSet({ ...set, ...attributes(after), Description: description });
  }
  if (boundaryMoves && !after.permissionsBoundary) {
    await ignoreNotFound(aws.ssoAdmin.deletePermissionsBoundaryFromPermissionSet(set));
  }
  await editTags(aws, arn, before.tags, after.tags);
}

async function putBoundary(
  aws: Aws,
  set: SetOf,
  { managedPolicy, customerManagedPolicy: policy }: NonNullable<PermissionSetSpec['permissionsBoundary']>,
): Promise<void> {
  const PermissionsBoundary = managedPolicy
    ? { ManagedPolicyArn: managedPolicy }
    : { CustomerManagedPolicyReference: { Name: policy?.name, Path: policy?.path } };
  await aws.ssoAdmin.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary });
}

async function editPolicies(aws: Aws, set: SetOf, before: PermissionSetSpec, after: PermissionSetSpec): Promise<void> {
  const reference = ({ name, path }: { name: string; path: string }) => ({ Name: name, Path: path });
  const inBoth = (list: { name: string; path: string }[], one: { name: string; path: string }): boolean =>
    list.some(({ name, path }) => name === one.name && path === one.path);

  for (const ManagedPolicyArn of before.managedPolicies.filter((arn) => !after.managedPolicies.includes(arn))) {
    await ignoreNotFound(aws.ssoAdmin.detachManagedPolicyFromPermissionSet({ ...set, ManagedPolicyArn }));
  }
  for (const policy of before.customerManagedPolicies.filter((one) => !inBoth(after.customerManagedPolicies, one))) {
    const CustomerManagedPolicyReference = reference(policy);
    await ignoreNotFound(
      aws.ssoAdmin.detachCustomerManagedPolicyReferenceFromPermissionSet({ ...set, CustomerManagedPolicyReference }),
    );
  }
  for (const ManagedPolicyArn of after.managedPolicies.filter((arn) => !before.managedPolicies.includes(arn))) {
    await attach(
      () => aws.ssoAdmin.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn }),
      async () => (await listManagedPolicies(aws, set)).includes(ManagedPolicyArn),
    );
  }
  for (const policy of after.customerManagedPolicies.filter((one) => !inBoth(before.customerManagedPolicies, one))) {
    const CustomerManagedPolicyReference = reference(policy);
    await attach(
      () =>
        aws.ssoAdmin.attachCustomerManagedPolicyReferenceToPermissionSet({ ...set, CustomerManagedPolicyReference }),
      async () => inBoth(await listCustomerManagedPolicies(aws, set), policy),
    );
  }
}

async function editTags(
  aws: Aws,
  arn: string,
  before: Record<string, string>,
  after: Record<string, string>,
): Promise<void> {
  const set = { InstanceArn: aws.instance.arn, ResourceArn: arn };
  const TagKeys = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const Tags = Object.entries(after)
    .filter(([key, text]) => before[key] !== text)
    .map(([Key, Value]) => ({ Key, Value }));
  if (TagKeys.length > 0) await aws.ssoAdmin.untagResource({ ...set, TagKeys });
  if (Tags.length > 0) await aws.ssoAdmin.tagResource({ ...set, Tags });
}

/** For an attachment: a conflict is trusted to mean "already there" only when a look says so too. */
async function attach(call: () => Promise<unknown>, isAttached: () => Promise<boolean>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isAwsError(error, 'ConflictException') || !(await isAttached())) throw error;
  }
}
