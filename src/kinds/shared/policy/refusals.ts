import { partitionOfArn } from '../../../core/partition.ts';
import { valuesAt } from '../../../core/path-pattern.ts';
import type { Flaw } from '../../../core/section.ts';
import type * as z from '../../../core/zod.ts';
import { policyDocument } from './document.ts';

/**
 * Why the service would refuse a document whose parts are all right by themselves. Quotas of Identity Center: 32,768 bytes,
 * of which 10,240 are not white space (user guide: "Quotas and limits"); characters up to U+00FF (API model).
 * @param partition of the instance; undefined where it is not known
 */
export function policyFlaws(document: unknown, partition: string | undefined): Flaw[] {
  const whole = sizeProblem(document);
  return [
    ...(whole === undefined ? [] : [{ at: [], rest: whole }]),
    ...sidFlaws(document),
    ...arnFlaws(document, partition),
  ];
}

function sizeProblem(document: unknown): string | undefined {
  const text = JSON.stringify(document);
  const bytes = Buffer.byteLength(text);
  const solid = Buffer.byteLength(text.replaceAll(/\s/g, ''));
  if (bytes > 32_768) return `is ${bytes} bytes long without its layout; the limit of the service is 32,768.`;
  if (solid > 10_240) return `has ${solid} bytes besides white space; the limit of the service is 10,240.`;
  const foreign = /[^\t\n\r\u0020-\u00FF]/u.exec(text);
  if (foreign) return `has the character ${JSON.stringify(foreign[0])}; the service accepts only Latin-1.`;
  return undefined;
}

function sidFlaws(document: unknown): Flaw[] {
  const known = new Set<unknown>();
  return [...valuesAt(document, ['Statement', '*', 'Sid'])].flatMap(([sid, at]) => {
    if (sid === '' || !known.has(sid)) {
      known.add(sid);
      return [];
    }
    return [{ at, rest: 'is the Sid of an earlier statement too; a policy can have each Sid once.' }];
  });
}

const arnPlaces = ['Resource', 'NotResource'].flatMap((element) =>
  [['Statement'], ['Statement', '*']].flatMap((statement) => [
    [...statement, element],
    [...statement, element, '*'],
  ]),
);

function arnFlaws(document: unknown, partition: string | undefined): Flaw[] {
  return arnPlaces.flatMap((place) =>
    [...valuesAt(document, place)].flatMap(([arn, at]) => {
      const rest = typeof arn === 'string' ? foreignPartition(arn, partition) : undefined;
      return rest === undefined ? [] : [{ at, rest }];
    }),
  );
}

/** What is wrong with an ARN in another partition than the instance's, as a message's rest; undefined where nothing is. */
export function foreignPartition(arn: string, partition: string | undefined): string | undefined {
  const own = partitionOfArn(arn);
  if (partition === undefined || own === undefined || own === '*' || own === partition) return undefined;
  return `is an ARN of the partition ${own}, but the instance is in ${partition}.`;
}

/**
 * Why IAM or Identity Center would refuse a live document, as the end of a sentence that begins with what has it; undefined
 * where neither would.
 */
export function policyRefusal(document: unknown, partition: string): string | undefined {
  const place = (at: readonly PropertyKey[]): string => (at.length === 0 ? 'it' : at.join('.'));
  const { error } = policyDocument.safeParse(document);
  if (error) {
    const { path, message } = innermost(error.issues);
    return `IAM refuses: ${place(path)} ${message.startsWith('Invalid') ? 'is not of its grammar' : message}`;
  }
  const [flaw] = policyFlaws(document, partition);
  return flaw && `the service refuses: ${place(flaw.at)} ${flaw.rest.replace(/\.$/, '')}`;
}

/** Of alternatives that are all wrong, the issue that lies deepest was in the one that was meant. */
function innermost(
  issues: readonly z.core.$ZodIssue[],
  base: PropertyKey[] = [],
): { path: PropertyKey[]; message: string } {
  const found = issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      return issue.errors.map((inner) => innermost(inner, path));
    }
    return [
      { path, message: issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message },
    ];
  });
  return found.reduce((best, other) => (other.path.length > best.path.length ? other : best));
}
