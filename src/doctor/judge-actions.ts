import type { PolicyDocument as NeededPolicy } from '../aws/iam/policy.ts';
import { matchesAction } from '../kinds/shared/policy/actions.ts';
import type { PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { textsOf } from '../kinds/shared/policy/document.ts';

/** Of the actions that are needed. */
export interface Judged {
  allowed: string[];
  /** Allowed under a condition, or denied somewhere: whether it works takes a person. */
  unsure: string[];
  /** Not allowed by anything that can be read. */
  missing: string[];
  /** Policies of the set whose documents Identity Center does not hold. */
  unseen: string[];
}

interface Statement {
  Effect?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: unknown;
}

const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
const administratorAccess = /:iam::aws:policy\/AdministratorAccess$/;

/**
 * Compares what a permission set allows, as far as its policies can be read here, with what is needed. Pure.
 * @param needed on which resources: of one that ends in `*`, all.
 */
export function judgeActions(
  {
    managedPolicies,
    customerManagedPolicies,
    permissionsBoundary,
    inlinePolicy,
  }: Pick<PermissionSetSpec, 'managedPolicies' | 'customerManagedPolicies' | 'permissionsBoundary' | 'inlinePolicy'>,
  needed: NeededPolicy,
): Judged {
  const statements = [
    ...([(inlinePolicy as { Statement?: unknown } | undefined)?.Statement ?? []].flat() as Statement[]),
    ...(managedPolicies.some((arn) => administratorAccess.test(arn)) ? [everything] : []),
  ];
  const judged: Judged = {
    allowed: [],
    unsure: [],
    missing: [],
    unseen: [
      ...managedPolicies.filter((arn) => !administratorAccess.test(arn)),
      ...customerManagedPolicies.map(({ name, path }) => `${path}${name}`),
    ],
  };
  // A boundary only takes away, so nothing is sure below one.
  const isBounded =
    permissionsBoundary !== undefined && !administratorAccess.test(permissionsBoundary.managedPolicy ?? '');
  for (const { Action: actions, Resource: resources } of needed.Statement) {
    for (const action of actions) {
      const verdicts = resources.map((resource) => verdictOn(action, resource, statements));
      const worst = (['missing', 'unsure'] as const).find((one) => verdicts.includes(one)) ?? 'allowed';
      judged[worst === 'allowed' && isBounded ? 'unsure' : worst].push(action);
    }
  }
  return judged;
}

type Verdict = 'allowed' | 'unsure' | 'missing';

function verdictOn(action: string, resource: string, statements: readonly Statement[]): Verdict {
  const about = statements.filter((statement) => isAbout(action, statement));
  if (about.some(({ Effect }) => Effect === 'Deny')) return 'unsure';
  const allows = about.filter((statement) => covers(resource, statement));
  if (allows.length === 0) return 'missing';
  return allows.some(({ Condition }) => Condition === undefined) ? 'allowed' : 'unsure';
}

function isAbout(action: string, { Action, NotAction }: Statement): boolean {
  const matches = (patterns: unknown): boolean => textsOf(patterns).some((pattern) => matchesAction(pattern, action));
  return NotAction === undefined ? matches(Action) : !matches(NotAction);
}

/** A pattern takes in another where it takes in its text, since a `*` of that can only meet a `*` of this. */
function covers(resource: string, { Resource, NotResource }: Statement): boolean {
  if (NotResource !== undefined) return false;
  return textsOf(Resource).some((pattern) => !pattern.includes('?') && matchesAction(pattern, resource));
}
