import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { hexId } from '../../core/ids.ts';
import { string } from '../../core/shape.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions, Tag } from '../../core/world.ts';
import { arnInInstance, requirePermissionSets } from '../../services/sso-admin/instance.ts';
import { InstanceArn } from '../../services/sso-admin/shapes.ts';

export interface PolicyReference {
  readonly Name: string;
  readonly Path: string;
}

export interface PermissionsBoundary {
  readonly ManagedPolicyArn?: string;
  readonly CustomerManagedPolicyReference?: PolicyReference;
}

export interface PermissionSet {
  readonly PermissionSetArn: string;
  readonly Name: string;
  readonly Description?: string;
  readonly SessionDuration: string;
  readonly RelayState?: string;
  readonly CreatedDate: number;
  readonly ManagedPolicyArns: readonly string[];
  readonly CustomerManagedPolicyReferences: readonly PolicyReference[];
  readonly InlinePolicy?: string;
  readonly PermissionsBoundary?: PermissionsBoundary;
  readonly Tags: readonly Tag[];
  /** Grows with every change that provisioned copies don't have. */
  readonly Revision: number;
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly permissionSets: Table<PermissionSet, 'name'>;
  }
}

export const permissionSets: TableDefinitions['permissionSets'] = {
  key: (row) => row.PermissionSetArn,
  indexes: { name: (row) => row.Name },
};

export const PermissionSetArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}',
});

export const ofPermissionSet = { InstanceArn, PermissionSetArn };

interface PermissionSetInput {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
}

/** What IAM judges by, in the order in which AWS names them in its message for an assignment (observed). */
export function onPermissionSet({ InstanceArn, PermissionSetArn }: PermissionSetInput): string[] {
  return [PermissionSetArn, InstanceArn];
}

export function permissionSetArn(instanceArn: string, seed: string): string {
  return arnInInstance(instanceArn, 'permissionSet', `ps-${hexId(`permission-set ${seed}`)}`);
}

/** `ps-...` of a permission set's ARN, as error messages name it. */
export function permissionSetId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function requirePermissionSet(context: Context, input: PermissionSetInput): PermissionSet {
  requirePermissionSets(context, input);
  const found = context.world.permissionSets.get(input.PermissionSetArn);
  if (!found) throw unknownPermissionSet(input.PermissionSetArn);
  return found;
}

export function unknownPermissionSet(arn: string) {
  return notFound(`Could not find PermissionSet with id ${permissionSetId(arn)}`);
}

/** Stores a changed permission set. Provisioned copies become stale only where the change is one that roles have. */
export function changePermissionSet(context: Context, row: PermissionSet, makesStale: boolean): void {
  context.world.permissionSets.put(makesStale ? { ...row, Revision: row.Revision + 1 } : row);
  context.report({ type: 'permission-set-updated', permissionSetArn: row.PermissionSetArn });
}
