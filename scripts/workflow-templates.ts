import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// The workflows of a team's own repository are this repository's, but for what is the team's.

const root = path.resolve(import.meta.dirname, '..');

/** The others are about this repository's own tests and releases. */
const workflowsOfTeams = ['apply.yml', 'drift.yml', 'expire.yml', 'plan.yml', 'review.yml'];
const isForTeams = (name: string): boolean => name.endsWith('.md') || workflowsOfTeams.includes(name);

/** What the templates in `templates/` hold that are made from this repository's `.github`, by their paths in it. */
export function workflowTemplates(): Map<string, string> {
  const textsOf = (folder: string, make: (text: string) => string): [string, string][] =>
    readdirSync(path.join(root, '.github', folder))
      .filter(isForTeams)
      .map((name) => [
        path.posix.join('templates/dot-github', folder, name),
        make(readFileSync(path.join(root, '.github', folder, name), 'utf8')),
      ]);
  return new Map([...textsOf('workflows', workflowTemplate), ...textsOf('comments', commentTemplate)]);
}

/** The first line of a comment is the one that it is found by. */
const commentTemplate = (text: string): string => `${text}\n<!-- idc templates {{templates}} -->\n`;

/**
 * Replaces the branch, the region, the roles, the identity file with what tells its workflows from another file's, and the
 * variable that switches this repository's on; nothing else.
 */
export function workflowTemplate(text: string): string {
  let environment = '';
  const lines = ofFile(withoutSwitch(text)).split('\n');
  const replaced = lines.map((line) => {
    environment = /^ {4}environment: (.*)$/.exec(line)?.[1] ?? environment;
    const role = environment === 'identity-center-plan' ? '{{planRole}}' : '{{applyRole}}';
    return line
      .replace('branches: [main]', 'branches: [{{branch}}]')
      .replace('aws-region: ${{ vars.IDC_REGION }}', 'aws-region: {{region}}')
      .replace('role-to-assume: ${{ vars.IDC_ROLE }}', `role-to-assume: ${role}`);
  });
  return `# idc templates {{templates}}\n${replaced.join('\n')}`;
}

/** What has to be another one in the workflows of another file of the same repository. */
const ofFile = (text: string): string =>
  text
    .replace(/^ {2}FILE: .*$/m, '  FILE: {{file}}')
    .replaceAll(/\b(plan|apply|drift|expire|review)\.yml\b/g, '$1{{suffix}}.yml')
    .replaceAll(/^((?: {4})?name: (?:plan|apply|drift|expire|review))$/gm, '$1{{suffix}}')
    .replaceAll(/^( +name: idc-.*)$/gm, '$1{{suffix}}')
    .replace(/^ {2}group: (plan|identity-center)\b/m, '  group: $1{{suffix}}')
    .replaceAll('--context plan ', '--context plan{{suffix}} ')
    .replace('starts the workflow apply with', 'starts the workflow apply{{suffix}} with')
    .replace('(Actions, apply, Run', '(Actions, apply{{suffix}}, Run');

/** A condition that asks for the variable too asks for the rest alone, and a step that asks why it is missing goes. */
const withoutSwitch = (text: string): string =>
  text
    .replaceAll(/^ +- name: .*\n +if: vars\.IDC_REGION == ''\n(?: {8,}.*\n)*/gm, '')
    .replaceAll(/^ +if: vars\.IDC_REGION != ''\n/gm, '')
    .replaceAll(/^( +if: )vars\.IDC_REGION != '' && \((.*)\)$/gm, '$1$2')
    .replaceAll(/^( +if: )vars\.IDC_REGION != '' && /gm, '$1')
    .replaceAll(/^ +# Switched on by the variable.*\n/gm, '');
