import { listOf } from '../../core/words.ts';
import { fileOfWorkflow } from '../../repository/known-answers.ts';
import { answersOf } from '../../repository/places.ts';
import { templatesVersion, versionOf } from '../../repository/version-line.ts';
import type { CommittedFiles } from './committed-files.ts';
import type { Finding } from './finding.ts';

/** A workflow or an action that idc has written. */
export interface OwnWorkflow {
  path: string;
  /** Of the templates. */
  version: number;
  /** The identity file that it is for; undefined of what all of them share. */
  file: string | undefined;
}

export async function readOwnWorkflows(files: CommittedFiles): Promise<OwnWorkflow[]> {
  const paths = [...(await files.below('.github/workflows')), ...(await files.below('.github/actions'))];
  const found: OwnWorkflow[] = [];
  for (const path of paths.filter((one) => /\.ya?ml$/.test(one))) {
    const text = (await files.read(path)) ?? '';
    const version = versionOf(text);
    if (version !== undefined) found.push({ path, version, file: fileOfWorkflow(text) });
  }
  return found;
}

/** The identity files that the workflows of the repository are for. */
export const filesOf = (workflows: readonly OwnWorkflow[]): string[] => [
  ...new Set(workflows.flatMap(({ file }) => file ?? [])),
];

/** Those that open pull requests. */
export const openingPullRequests = (workflows: readonly OwnWorkflow[]): string[] =>
  workflows.flatMap(({ path }) => /\/(review[^/]*\.ya?ml)$/.exec(path)?.[1] ?? []);

/** Whether they belong to this idc; nothing where it has written none. */
export function judgeOwnWorkflows(workflows: readonly OwnWorkflow[]): Finding[] {
  if (workflows.length === 0) return [];
  const [check, about] = ['templates', 'workflows'];
  const others = workflows.filter(({ version }) => version !== templatesVersion);
  if (others.length === 0) {
    const message = `they are of the templates of this idc (${templatesVersion})`;
    return [{ check, about, verdict: 'right', message }];
  }
  const isNewer = others.some(({ version }) => version > templatesVersion);
  const versions = [...new Set(others.map(({ version }) => version))].sort((a, b) => a - b);
  const message = `${listOf(
    others.map(({ path }) => path.replace('.github/', '')),
    3,
  )} are of templates ${listOf(versions.map(String))}, and this idc has ${templatesVersion}`;
  const flags = [...new Set(others.map(({ file }) => (file === undefined ? '' : answersOf(file).fileFlag)))];
  const fix = isNewer
    ? 'install the newer idc by the lock file'
    : `run ${listOf(flags.map((flag) => `\`idc init --upgrade${flag}\``))}`;
  return [{ check, about, verdict: 'weaker', message, fix }];
}
