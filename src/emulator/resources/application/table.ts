import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { hexId } from '../../core/ids.ts';
import type { Input } from '../../core/shape.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions, Tag } from '../../core/world.ts';
import type { CreatedWithToken } from '../../services/sso-admin/client-token.ts';
import { arnInInstance } from '../../services/sso-admin/instance.ts';
import { ApplicationArn, type CreateApplication } from './shapes.ts';

export interface Application extends CreatedWithToken {
  readonly ApplicationArn: string;
  readonly ApplicationProviderArn: string;
  /** Two applications can have one. */
  readonly Name: string;
  readonly ApplicationAccount: string;
  readonly Status: 'ENABLED' | 'DISABLED';
  readonly PortalOptions?: Input<typeof CreateApplication>['PortalOptions'];
  readonly Description?: string;
  readonly CreatedDate: number;
  /** False: all users may use it, assigned or not. */
  readonly AssignmentRequired: boolean;
  readonly Tags: readonly Tag[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly applications: Table<Application, 'clientToken'>;
  }
}

export const applications: TableDefinitions['applications'] = {
  key: (row) => row.ApplicationArn,
  indexes: { clientToken: (row) => row.ClientToken },
};

export const ofApplication = { ApplicationArn };

interface ApplicationInput {
  readonly ApplicationArn: string;
}

export function onApplication({ ApplicationArn }: ApplicationInput): string[] {
  return [ApplicationArn];
}

/** An application's ARN names the account that it was made from. */
export function applicationArn(instanceArn: string, accountId: string, seed: string): string {
  return arnInInstance(instanceArn, 'application', `apl-${hexId(`application ${seed}`)}`, accountId);
}

export function requireApplication({ world, regionRole }: Context, { ApplicationArn }: ApplicationInput): Application {
  const found = regionRole !== 'other' ? world.applications.get(ApplicationArn) : undefined;
  if (!found) throw unknownApplication(ApplicationArn);
  return found;
}

export function unknownApplication(arn: string) {
  return notFound(`Could not find Application with arn ${arn}`);
}
