import { parse } from 'yaml';
import { placeOf, type FileAnswers } from './places.ts';
import type { Answers } from './templates.ts';

/**
 * What the files of a repository say of it already, so that it is not asked for again.
 * @param of the identity file: another one of the repository may be for another instance, with other roles.
 */
export function knownAnswers(read: (path: string) => string | undefined, of: FileAnswers): Partial<Answers> {
  const workflow = (name: string): string => read(placeOf(`.github/workflows/${name}.yml`, of)) ?? '';
  const [plan, apply] = [workflow('plan'), workflow('apply')];
  const history = historyOf(apply);
  const found: Partial<Record<keyof Answers, string | undefined>> = {
    region: /^ +aws-region: ([\w-]+)\s*$/m.exec(plan)?.[1] ?? regionOf(read(of.file)),
    planRole: rolesOf(plan)[0],
    applyRole: rolesOf(apply).at(-1),
    branch: /^ +branches: \[([^\]\s]+)\]\s*$/m.exec(plan || (read('.github/workflows/plan.yml') ?? ''))?.[1],
    ...(history !== undefined && { history: String(history) }),
    owner: /^\/\.github\/ +(@.*\S)\s*$/m.exec(read('.github/CODEOWNERS') ?? '')?.[1],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The identity file that CODEOWNERS was written for: the first one of the repository. */
export const fileOfOwners = (read: (path: string) => string | undefined): string | undefined =>
  /^# Who may do what.*\r?\n\/(\S+)/m.exec(read('.github/CODEOWNERS') ?? '')?.[1];

/** The identity file that the workflows of this suffix are for. */
export const fileOfWorkflow = (workflow: string): string | undefined => /^ {2}FILE: (\S+)\s*$/m.exec(workflow)?.[1];

/** Whether a workflow that applies keeps a history; undefined of one that idc has not written, or without it. */
export function historyOf(workflow: string): boolean | undefined {
  const [, value] = /^ +if: \$\{\{ always\(\) && (true|false) && needs\./m.exec(workflow) ?? [];
  return value === undefined ? undefined : value === 'true';
}

const rolesOf = (workflow: string): string[] =>
  [...workflow.matchAll(/^ +role-to-assume: (arn:\S+)\s*$/gm)].map(([, arn = '']) => arn);

/** What else is wrong with the file is for `idc validate` to say. */
function regionOf(file: string | undefined): string | undefined {
  try {
    const document = parse(file ?? '') as { identityCenter?: { region?: unknown } } | null;
    const region = document?.identityCenter?.region;
    return typeof region === 'string' ? region : undefined;
  } catch {
    return undefined;
  }
}
