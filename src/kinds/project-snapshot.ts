import type { Surroundings } from '../aws/context.ts';
import type { Live } from '../core/kind.ts';
import { leaveOutUnread as leaveOutAssignments, type Asked } from './application-assignment/read.ts';
import { applicationAssignment, type ApplicationAssignmentSpec } from './application-assignment/kind.ts';
import { accessControlConfiguration } from './access-control-attributes/kind.ts';
import { group, type GroupSpec } from './group/kind.ts';
import { leaveOutDetails } from './permission-set/snapshot.ts';
import { permissionSet, type PermissionSetSpec } from './permission-set/kind.ts';
import { user, type UserSpec } from './user/kind.ts';

type Reading = Record<string, Live<unknown>[]>;

/** Of all that is live, what would have been read for a file: a plan is the same from either. */
export function leaveOutUnread(reading: Reading, surroundings: Surroundings, asked: Asked): Reading {
  const of = <Spec>({ name }: { name: string }): Live<Spec>[] => (reading[name] ?? []) as Live<Spec>[];
  return {
    ...reading,
    [permissionSet.name]: of<PermissionSetSpec>(permissionSet).map((set) =>
      leaveOutDetails(set, surroundings, asked.wantsDetails),
    ),
    [applicationAssignment.name]: leaveOutAssignments(
      of<ApplicationAssignmentSpec>(applicationAssignment),
      of<UserSpec>(user),
      of<GroupSpec>(group),
      asked,
    ),
    [accessControlConfiguration.name]: asked.manages(accessControlConfiguration.name)
      ? of(accessControlConfiguration)
      : [],
  };
}
