import type { Aws } from '../../aws/connect.ts';
import { anything, instanceArn } from '../../aws/iam/arns.ts';
import type { Rights } from '../../core/rights.ts';
import { ofPrincipal } from '../shared/principal-probe.ts';

/** Of whichever account made it. */
const applicationArn = 'arn:{partition}:sso::*:application/{instance}/*';

const ofRemovals = { plans: 'those that remove a user or a group' };

export const rights: Rights<Aws> = {
  read: [
    { sid: 'Applications', on: [anything], actions: ['sso:ListApplications'] },
    {
      sid: 'ApplicationAssignments',
      on: [instanceArn, applicationArn],
      actions: ['sso:ListApplicationAssignments', 'sso:ListApplicationAssignmentsForPrincipal'],
    },
  ],
  write: [
    {
      // What is there already is looked at.
      sid: 'WriteApplicationAssignments',
      on: [applicationArn],
      actions: [
        'sso:CreateApplicationAssignment',
        'sso:DeleteApplicationAssignment',
        'sso:DescribeApplicationAssignment',
      ],
    },
  ],
  optional: {
    'sso:ListApplications': 'section',
    'sso:ListApplicationAssignments': 'section',
    'sso:ListApplicationAssignmentsForPrincipal': ofRemovals,
  },
  probes: {
    'sso:ListApplications': (aws) => aws.ssoAdmin.listApplications({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
    'sso:ListApplicationAssignmentsForPrincipal': ofPrincipal((aws, principal) =>
      aws.ssoAdmin.listApplicationAssignmentsForPrincipal(principal),
    ),
  },
};
