import type { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { createFamilies, type FamilyName } from './families.ts';

/** An asynchronous request that AWS accepted and could not carry out. */
export interface FailedRequest {
  family: FamilyName;
  at: Date;
  /** AWS's own FailureReason. */
  reason: string;
  permissionSetArn?: string;
  /** 12-digit id; absent where a provisioning was for all accounts. */
  account?: string;
  principalId?: string;
}

export interface Failures {
  requests: FailedRequest[];
  /** Requests of that time that were not asked for their reason, for there are too many. */
  left: number;
}

/** Each takes a call. */
const most = 20;

/** Requests that have failed since a time, whoever made them, the latest first. How long AWS remembers them is not documented. */
export async function readFailures(ssoAdmin: SSOAdmin, instanceArn: string, since: Date): Promise<Failures> {
  const families = createFamilies(ssoAdmin, instanceArn, 'FAILED');
  const lists = await Promise.all(
    (Object.keys(families) as FamilyName[]).map(async (family) => {
      const list = await families[family].list();
      return list.flatMap(({ RequestId, CreatedDate = new Date(0) }) =>
        RequestId !== undefined && CreatedDate >= since ? [{ family, id: RequestId, at: CreatedDate }] : [],
      );
    }),
  );
  const recent = lists.flat().sort((a, b) => b.at.getTime() - a.at.getTime());
  const described = await Promise.all(
    recent.slice(0, most).map(async ({ family, id, at }): Promise<FailedRequest[]> => {
      const status = await families[family].describe(id);
      if (status === undefined) return [];
      const { PermissionSetArn, PrincipalId, TargetId, AccountId = TargetId, FailureReason } = status;
      return [
        {
          family,
          at,
          reason: FailureReason ?? 'AWS gave no reason',
          ...(PermissionSetArn !== undefined && { permissionSetArn: PermissionSetArn }),
          ...(AccountId !== undefined && { account: AccountId }),
          ...(PrincipalId !== undefined && { principalId: PrincipalId }),
        },
      ];
    }),
  );
  return { requests: described.flat(), left: Math.max(0, recent.length - most) };
}
