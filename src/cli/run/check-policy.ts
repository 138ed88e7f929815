import type { PolicyDocument } from '../../aws/iam/policy.ts';
import { optionalReads } from '../../aws/iam/probe.ts';
import { ReportedError } from '../../core/errors.ts';
import { sanitize } from '../../core/sanitize.ts';
import { countOf } from '../../core/words.ts';
import { judgeActions } from '../../doctor/judge-actions.ts';
import { readText } from '../../files/read-text.ts';
import { kinds } from '../../kinds/index.ts';
import { matchesAction } from '../../kinds/shared/policy/actions.ts';
import { type PolicyDocument as Written, textsOf } from '../../kinds/shared/policy/document.ts';
import { exitCodes, type Io } from '../io.ts';
import type { Purpose } from './iam-policy.ts';

export interface Asked {
  purpose: Purpose;
  /** What the role needs. */
  needed: PolicyDocument;
  /** The same with what no plan needs. */
  withOptional: PolicyDocument;
}

/** Says what a policy that a role has lacks, and what it has too much, against what this version asks for. Asks AWS nothing. */
export function checkPolicy(io: Io, file: string, { purpose, needed, withOptional }: Asked): number {
  const document = readPolicy(file);
  const { missing, unsure } = judgeActions(
    { managedPolicies: [], customerManagedPolicies: [], inlinePolicy: document },
    withOptional,
  );
  const known = actionsOf(withOptional);
  const asked = actionsOf(needed);
  const reads = optionalReads(kinds);
  const lacks = [...new Set(missing)];
  const lacksNeeded = lacks.filter((action) => asked.has(action) && !reads.has(action));
  const sections = [
    { are: `that every ${purpose} needs, and the policy does not allow`, actions: lacksNeeded },
    {
      are: 'without which most plans work, and the policy does not allow',
      actions: lacks
        .filter((action) => reads.has(action))
        .map((action) => {
          const { plans = 'other calls tell the same' } = reads.get(action) ?? {};
          return `${action}: ${plans}`;
        }),
    },
    {
      are: 'that no plan needs, and other commands would use (--optional)',
      actions: lacks.filter((action) => !asked.has(action)),
    },
    { are: 'that the policy allows under a condition, or denies somewhere', actions: [...new Set(unsure)] },
    {
      are: `that the policy allows, and no ${purpose} of this version calls`,
      actions: allowedBy(document).filter((pattern) => ![...known].some((action) => matchesAction(pattern, action))),
    },
  ].filter(({ actions }) => actions.length > 0);
  const text = sections.map(({ are, actions }) =>
    [`${countOf(actions.length, 'action')} ${are}:`, ...actions.map((action) => `  ${action}`), ''].join('\n'),
  );
  const verdict =
    lacksNeeded.length === 0
      ? `The policy allows all that every ${purpose} needs.`
      : `Add what is missing: idc iam-policy ${purpose} prints the whole policy.`;
  io.out(sanitizeLines([...text, verdict].join('\n')));
  return lacksNeeded.length === 0 ? exitCodes.done : exitCodes.failed;
}

const actionsOf = ({ Statement }: PolicyDocument): Set<string> => new Set(Statement.flatMap(({ Action }) => Action));

const sanitizeLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => `${sanitize(line)}\n`)
    .join('');

/** Actions and patterns of the statements that allow; of one that allows all but some, nothing can be said. */
function allowedBy(document: Written): string[] {
  const allows = [document.Statement].flat().filter(({ Effect }) => Effect === 'Allow');
  // A key's right is asked for only where --kms-key names one.
  return [...new Set(allows.flatMap(({ Action }) => textsOf(Action)))].filter((pattern) => !pattern.startsWith('kms:'));
}

/** The document itself, or as `aws iam get-role-policy` and `get-policy-version` print it. */
function readPolicy(file: string): Written {
  const text = readText(file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw notAPolicy(file, (error as Error).message);
  }
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (isObject(parsed)) {
    const { PolicyDocument, PolicyVersion } = parsed;
    const inside = PolicyDocument ?? (isObject(PolicyVersion) ? PolicyVersion['Document'] : undefined) ?? parsed;
    if (isObject(inside) && isObject(inside['Statement'])) return inside as unknown as Written;
  }
  throw notAPolicy(file, 'it has no Statement');
}

const notAPolicy = (file: string, why: string): ReportedError =>
  new ReportedError(
    'bad-flag',
    `${file} is not an IAM policy: ${why}.`,
    'Give the JSON of the policy, as `aws iam get-role-policy` prints it.',
  );
