import { parse } from 'yaml';
import type { Answers } from './templates.ts';

/** What the files of a repository say of it already, so that it is not asked for again. */
export function knownAnswers(read: (path: string) => string | undefined): Partial<Answers> {
  const plan = read('.github/workflows/plan.yml') ?? '';
  const apply = read('.github/workflows/apply.yml') ?? '';
  const found: Partial<Record<keyof Answers, string | undefined>> = {
    region: /^ +aws-region: ([\w-]+)\s*$/m.exec(plan)?.[1] ?? regionOf(read('identity.yaml')),
    planRole: rolesOf(plan)[0],
    applyRole: rolesOf(apply).at(-1),
    branch: /^ +branches: \[([^\]\s]+)\]\s*$/m.exec(plan)?.[1],
    owner: /^\/\.github\/ +(@.*\S)\s*$/m.exec(read('.github/CODEOWNERS') ?? '')?.[1],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
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
