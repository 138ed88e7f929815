import { createNearest } from '../../../core/nearest-name.ts';
import * as z from '../../../core/zod.ts';

// What IAM takes as an action, a resource, a Sid, a condition operator and a condition key. It answers the rest with
// MalformedPolicyDocument, and Identity Center refuses the policy or fails to provision it. Sources: the IAM user guide
// ("Grammar of the IAM JSON policy language", "Condition operators"), the texts of IAM's answers as people report them, and
// AWS's own managed policies, none of which is refused here.

/** `*`, or a service and an action with a colon between them, in which only the action may have wildcards. */
export const policyAction = z.text(
  z.regex(/^\*$|:/, 'has no service prefix; an action is written as in "s3:GetObject"'),
  z.regex(/^[^:]*(:[^:]*)?$/, 'has more than one colon; an action is written as in "s3:GetObject"'),
  z.regex(/^\S*$/, 'has white space in it'),
  z.regex(/^\*$|^[^:]+:[^:]+$/, 'lacks the service before the colon, or the action after it'),
  z.regex(/^\*(:\*)?$|^[^*?]*:/, 'has a wildcard in the service prefix, which IAM refuses'),
  z.regex(/^\*|^[A-Za-z0-9.*?-]*:/, 'has a service prefix with a character other than letters, digits, . and -'),
);

/**
 * `*`, or an ARN whose partition and service are given. In the partition `*` is taken (AWS's own policies have it). Texts
 * with fewer than the six parts of an ARN are taken unless one of their parts is empty, as IAM does.
 */
export const policyResource = z.text(
  z.regex(/^\*$|^arn:/, 'is neither "*" nor an ARN such as "arn:aws:s3:::bucket/*"'),
  z.regex(/^\*$|^arn:(aws(-[a-z]{1,5}){0,3}|\*)(:|$)/, 'is an ARN without a partition such as "aws" after "arn:"'),
  z.regex(/^\*$|^arn:[^:]*:[^:*?$]+(:|$)/, 'is an ARN that does not name one service; IAM takes no wildcard there'),
  z.regex(/^(?!.*::)|^([^:]*:){5}/, 'is an ARN with too few parts: "arn:partition:service:region:account:resource"'),
  z.regex(/^(?!arn:[^:]*:iam:[^:]+:)/, 'has a region, which an ARN of IAM cannot have'),
);

/** What tells a statement from the others of its document. */
export const policySid = z.text(z.regex(/^[A-Za-z0-9]*$/, 'has a character other than letters and digits'));

const comparisons = {
  String: ['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'],
  Numeric: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'],
  Date: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'],
  Arn: ['Equals', 'NotEquals', 'Like', 'NotLike'],
};
const operators = [
  ...Object.entries(comparisons).flatMap(([type, names]) => names.map((name) => type + name)),
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
];
const nearestOperator = createNearest([...operators, 'Null']);
const set = '(ForAllValues:|ForAnyValue:)?';

function explainOperator(text: string): string {
  const [, before = '', name = '', after = ''] =
    /^((?:ForAllValues:|ForAnyValue:)?)(.*?)((?:IfExists)?)$/s.exec(text) ?? [];
  const meant = nearestOperator(name);
  const hint = meant === undefined ? '' : `; did you mean "${before}${meant}${meant === 'Null' ? '' : after}"?`;
  return `is not a condition operator of IAM${hint}`;
}

/** `StringEquals` and its like, with `IfExists` behind all but `Null`, and the two words for keys with many values. */
export const conditionOperator = z.text(
  z.regex(new RegExp(`^${set}((${operators.join('|')})(IfExists)?|Null)$`), {
    error: ({ input }) => explainOperator(String(input)),
  }),
);

/** `aws:…`, or another prefix, which may be a host: `oidc.example.com/id:sub`. */
export const conditionKey = z.text(
  z.regex(/^[^\s:]+:.+$/, 'has no prefix; a condition key is written as in "aws:SourceIp"'),
);
