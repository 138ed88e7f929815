import type { Context } from '../../core/context.ts';
import { conflict, notFound, quotaExceeded, validationError } from '../../core/errors.ts';
import { sorted, takePage } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import { malformedPolicy } from '../../policy/grammar.ts';
import { paged } from '../../services/sso-admin/shapes.ts';
import { isManagedPolicy } from './managed-policies.ts';
import {
  changePermissionSet,
  ofPermissionSet,
  onPermissionSet,
  type PermissionSet,
  permissionSetId,
  type PolicyReference,
  requirePermissionSet,
} from './table.ts';

const InlinePolicy = string({ min: 1, max: 32_768, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' });
const ManagedPolicyArn = string({
  min: 20,
  max: 2048,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((/[A-Za-z0-9\\.,\\+@=_-]+)*)/([A-Za-z0-9\\.,\\+=@_-]+)',
});
const CustomerManagedPolicyReference = structure(
  { Name: string({ min: 1, max: 128, pattern: '[\\w+=,.@-]+' }) },
  { Path: string({ min: 1, max: 512, pattern: '((/[A-Za-z0-9\\.,\\+@=_-]+)*)/' }) },
);
const PermissionsBoundary = structure({}, { CustomerManagedPolicyReference, ManagedPolicyArn });

export const policyOperations = {
  ListManagedPoliciesInPermissionSet: operation(
    structure(ofPermissionSet, paged),
    onPermissionSet,
    (context, input) => {
      const { ManagedPolicyArns } = requirePermissionSet(context, input);
      const page = takePage(context, input, [...ManagedPolicyArns].sort(), (arn) => arn);
      const AttachedManagedPolicies = page.items.map((Arn) => ({ Name: Arn.slice(Arn.lastIndexOf('/') + 1), Arn }));
      return { AttachedManagedPolicies, ...page.next };
    },
  ),

  AttachManagedPolicyToPermissionSet: operation(
    structure({ ...ofPermissionSet, ManagedPolicyArn }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const { ManagedPolicyArn } = input;
      refuseUnknownPolicy(context, ManagedPolicyArn);
      if (before.ManagedPolicyArns.includes(ManagedPolicyArn)) {
        throw conflict(
          `Permission set with id ${permissionSetId(before.PermissionSetArn)} already has a typed link attachment to a manged policy with ${ManagedPolicyArn}`,
        );
      }
      checkPolicyCount(context, before, 'ManagedPolicy');
      const ManagedPolicyArns = [...before.ManagedPolicyArns, ManagedPolicyArn];
      changePermissionSet(context, { ...before, ManagedPolicyArns }, true);
      return {};
    },
  ),

  DetachManagedPolicyFromPermissionSet: operation(
    structure({ ...ofPermissionSet, ManagedPolicyArn }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const ManagedPolicyArns = before.ManagedPolicyArns.filter((arn) => arn !== input.ManagedPolicyArn);
      if (ManagedPolicyArns.length === before.ManagedPolicyArns.length) {
        throw notFound(`Could not find ManagedPolicy with arn ${input.ManagedPolicyArn}`);
      }
      changePermissionSet(context, { ...before, ManagedPolicyArns }, true);
      return {};
    },
  ),

  ListCustomerManagedPolicyReferencesInPermissionSet: operation(
    structure(ofPermissionSet, paged),
    onPermissionSet,
    (context, input) => {
      const { CustomerManagedPolicyReferences } = requirePermissionSet(context, input);
      const page = takePage(context, input, sorted(CustomerManagedPolicyReferences, fullName), fullName);
      return { CustomerManagedPolicyReferences: page.items, ...page.next };
    },
  ),

  AttachCustomerManagedPolicyReferenceToPermissionSet: operation(
    structure({ ...ofPermissionSet, CustomerManagedPolicyReference }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const added = withPath(input.CustomerManagedPolicyReference);
      if (before.CustomerManagedPolicyReferences.some((reference) => fullName(reference) === fullName(added))) {
        throw conflict(
          `Given customer managed policy with name: ${added.Name} and path ${added.Path} already attached`,
        );
      }
      checkPolicyCount(context, before, 'CustomerManagedPolicyReference');
      const CustomerManagedPolicyReferences = [...before.CustomerManagedPolicyReferences, added];
      changePermissionSet(context, { ...before, CustomerManagedPolicyReferences }, true);
      return {};
    },
  ),

  DetachCustomerManagedPolicyReferenceFromPermissionSet: operation(
    structure({ ...ofPermissionSet, CustomerManagedPolicyReference }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const removed = withPath(input.CustomerManagedPolicyReference);
      const CustomerManagedPolicyReferences = before.CustomerManagedPolicyReferences.filter(
        (reference) => fullName(reference) !== fullName(removed),
      );
      if (CustomerManagedPolicyReferences.length === before.CustomerManagedPolicyReferences.length) {
        throw notFound(
          `Given managed policy with name: ${removed.Name} and path ${removed.Path} does not exist on ${permissionSetId(before.PermissionSetArn)}`,
        );
      }
      changePermissionSet(context, { ...before, CustomerManagedPolicyReferences }, true);
      return {};
    },
  ),

  GetInlinePolicyForPermissionSet: operation(structure(ofPermissionSet), onPermissionSet, (context, input) => {
    // API model: an empty string where there is none.
    return { InlinePolicy: requirePermissionSet(context, input).InlinePolicy ?? '' };
  }),

  PutInlinePolicyToPermissionSet: operation(
    structure({ ...ofPermissionSet, InlinePolicy }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const { InlinePolicy } = input;
      checkPolicySize(context, InlinePolicy);
      const malformed = malformedPolicy(InlinePolicy, context.world.organization.Partition);
      // Assumed: that IAM's text follows. Observed were the words before it, with the document or nothing behind them.
      if (malformed !== undefined) throw validationError(`Invalid PermissionsPolicy Document: ${malformed}`);
      changePermissionSet(context, { ...before, InlinePolicy }, true);
      return {};
    },
  ),

  DeleteInlinePolicyFromPermissionSet: operation(structure(ofPermissionSet), onPermissionSet, (context, input) => {
    const { InlinePolicy, ...rest } = requirePermissionSet(context, input);
    if (InlinePolicy !== undefined) changePermissionSet(context, rest, true);
    else refuseAbsent(context, 'InlinePolicy', rest);
    return {};
  }),

  GetPermissionsBoundaryForPermissionSet: operation(structure(ofPermissionSet), onPermissionSet, (context, input) => {
    const { PermissionsBoundary, PermissionSetArn } = requirePermissionSet(context, input);
    if (!PermissionsBoundary && context.behaviour.getAbsentBoundary === 'not-found') {
      throw notFound(
        `Could not find PermissionsBoundary for PermissionSet with id ${permissionSetId(PermissionSetArn)}`,
      );
    }
    return { PermissionsBoundary };
  }),

  PutPermissionsBoundaryToPermissionSet: operation(
    structure({ ...ofPermissionSet, PermissionsBoundary }),
    onPermissionSet,
    (context, input) => {
      const before = requirePermissionSet(context, input);
      const { ManagedPolicyArn, CustomerManagedPolicyReference } = input.PermissionsBoundary;
      // API model: one or the other, though the shape is not a union.
      if (ManagedPolicyArn !== undefined && CustomerManagedPolicyReference !== undefined) {
        throw validationError('Only ManagedPolicyArn or CustomerManagedPolicyReference should be given.');
      }
      if (ManagedPolicyArn === undefined && CustomerManagedPolicyReference === undefined) {
        throw validationError('ManagedPolicyArn or CustomerManagedPolicyReference should be given.');
      }
      // Assumed: as for a policy that is attached.
      if (ManagedPolicyArn !== undefined) refuseUnknownPolicy(context, ManagedPolicyArn);
      const PermissionsBoundary = CustomerManagedPolicyReference
        ? { CustomerManagedPolicyReference: withPath(CustomerManagedPolicyReference) }
        : { ManagedPolicyArn: ManagedPolicyArn ?? '' };
      changePermissionSet(context, { ...before, PermissionsBoundary }, true);
      return {};
    },
  ),

  DeletePermissionsBoundaryFromPermissionSet: operation(
    structure(ofPermissionSet),
    onPermissionSet,
    (context, input) => {
      const { PermissionsBoundary, ...rest } = requirePermissionSet(context, input);
      if (PermissionsBoundary !== undefined) changePermissionSet(context, rest, true);
      else refuseAbsent(context, 'PermissionsBoundary', rest);
      return {};
    },
  ),
};

function fullName({ Path, Name }: PolicyReference): string {
  return `${Path}${Name}`;
}

function withPath({ Name, Path = '/' }: { Name: string; Path?: string }): PolicyReference {
  return { Name, Path };
}

function refuseUnknownPolicy({ world, behaviour }: Context, arn: string): void {
  if (behaviour.unknownManagedPolicy === 'attached' || isManagedPolicy(world, arn)) return;
  throw notFound(`Policy does not exist with ARN: ${arn}`);
}

/** User guide: one limit for AWS managed and customer managed policies together. */
function checkPolicyCount({ behaviour }: Context, permissionSet: PermissionSet, kind: string): void {
  const { ManagedPolicyArns, CustomerManagedPolicyReferences, PermissionSetArn } = permissionSet;
  const limit = behaviour.quotas.managedPoliciesPerPermissionSet;
  if (ManagedPolicyArns.length + CustomerManagedPolicyReferences.length < limit) return;
  throw quotaExceeded(
    `You have exceeded AWS SSO limits. Cannot create ${kind} more than ${limit} for id ${permissionSetId(PermissionSetArn)}. Please refer to https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html`,
  );
}

/** Observed in answers of the service. */
function checkPolicySize({ behaviour }: Context, text: string): void {
  const limit = behaviour.quotas.inlinePolicyBytes;
  const size = Buffer.byteLength(text.replaceAll(/\s/g, ''));
  if (size <= limit) return;
  throw validationError(
    `Current size of the non-whitespace characters present in the InlinePolicy Document is ${size} bytes which has exceeded the maximum limit of ${limit} bytes`,
  );
}

function refuseAbsent({ behaviour }: Context, what: string, { PermissionSetArn }: { PermissionSetArn: string }): void {
  if (behaviour.deleteAbsentPolicy === 'success') return;
  throw notFound(`Could not find ${what} for PermissionSet with id ${permissionSetId(PermissionSetArn)}`);
}
