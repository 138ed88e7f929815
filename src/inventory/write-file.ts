import { YAMLSeq } from 'yaml';
import { identityDocument } from '../config/schema/document.ts';
import { defaultPortalUrl } from '../core/access-portal.ts';
import type { Instance } from '../core/plan.ts';
import type { AccountNames, NamedAccount } from './account-names.ts';
import type { CollectedInventory, CollectedSection } from './collect.ts';
import type { CollectedKind } from './collect-kind.ts';
import type { WrittenEntry } from './entries.ts';
import { ignoreLine } from './ignore-section.ts';
import { type Line, mapOf, renderYaml, withComment } from './yaml-nodes.ts';

export interface WrittenFile {
  text: string;
  /** Policy files, by their path relative to the file. */
  policies: Map<string, string>;
}

export interface Frame {
  instance: Instance;
  directory: 'identity-center' | 'external';
  /** Sentences that say what the file is, and when it was made. */
  heading: readonly string[];
  /** False where there is no place for files beside it. */
  withPolicyFiles: boolean;
  /** The path of its schema from the file, for editors. */
  schema?: string;
}

/** The longest document that stands in the file itself, in lines. */
const longestDocument = 15;

/** The identity file that says what has been collected. Pure. */
export function writeIdentityFile(
  collected: CollectedInventory,
  { instance, directory, heading, withPolicyFiles, schema }: Frame,
): WrittenFile {
  const policies = new Map<string, string>();
  const home = { region: instance.region, instanceArn: instance.arn, directory };
  const lines: Line[] = [
    { key: 'version', value: 1 },
    section('identityCenter', mapOf(Object.entries(home).map(([key, value]) => ({ key, value })))),
    ...below(cliExample(instance), [
      ...accountsLine(collected.accounts),
      ...collected.sections.map((one) => section(one.section.name, contentOf(one), one.kinds.flatMap(notesOn))),
      ...ignoreLine(collected),
    ]),
  ];
  const mark = schema && ` yaml-language-server: $schema=${schema}`;
  const leftOut = collected.leftOut.map((sentence) => `To decide: ${sentence}`);
  return { text: renderYaml(mapOf(lines), mark, [...heading, ...leftOut]), policies };

  function contentOf({ section: { isList }, entries }: CollectedSection): unknown {
    const written = withPolicyFiles ? entries.map(moveLongDocuments) : entries;
    return isList ? listOfEntries(written) : mapOf(written.map(declaration));
  }

  function moveLongDocuments(entry: WrittenEntry): WrittenEntry {
    let moved = entry;
    for (const [key, file] of Object.entries(entry.files)) {
      const document = (entry.value as Record<string, unknown>)[key];
      if (document === undefined || lengthOf(key, document) <= longestDocument) continue;
      policies.set(file, `${JSON.stringify(document, null, 2)}\n`);
      moved = { ...moved, value: { ...(moved.value as object), [key]: { file } } };
    }
    return moved;
  }
}

/** The first of the lines has it above. */
const below = (example: readonly string[], [first, ...others]: readonly Line[]): Line[] =>
  first ? [{ ...first, example }, ...others] : [];

/** The section `cli` with the values that hold without it. */
function cliExample(instance: Instance): string[] {
  const { sessionName, profileName } = identityDocument.shape.cli.parse(undefined);
  const startUrl = defaultPortalUrl(instance);
  return [
    'What the AWS CLI profiles of all users share. These values hold without it, but for region and output:',
    'cli:',
    `  sessionName: ${sessionName}`,
    ...(startUrl === undefined
      ? []
      : [`  startUrl: ${startUrl} # or your own: console, Settings, AWS access portal URL`]),
    `  profileName: ${JSON.stringify(profileName)}`,
    `  region: ${instance.region}`,
    '  output: json',
  ];
}

/** How many lines a member takes, besides its key. */
const lengthOf = (key: string, value: unknown): number => renderYaml(mapOf([{ key, value }])).split('\n').length - 2;

const section = (key: string, value: unknown, comment: readonly string[] = []): Line => ({
  key,
  value,
  comment,
  space: true,
});

/** A short entry stands on one line. */
const declaration = ({ name = '', value, notes }: WrittenEntry): Line => ({ key: name, value, comment: notes });

/** Above the section. */
const notesOn = ({ kind, inventory, orphans }: CollectedKind): string[] => [
  ...(inventory?.notes ?? []),
  ...orphanNotes(inventory?.orphanNoun ?? kind.noun[1], orphans),
];

function accountsLine({ named, unnamed, unreadable }: AccountNames): Line[] {
  if (unreadable !== undefined) return [];
  const notes = unnamed.map(
    ({ id, name, state }) =>
      `To decide: account ${id} has no name here, since ${JSON.stringify(name)} is not its alone or is not a valid name here; the file uses its id.${stateNote(state)}`,
  );
  const line = ({ name, id, state }: NamedAccount): Line => ({
    key: name,
    value: id,
    ...(state !== 'ACTIVE' && { aside: `${state}: nothing can be changed in it` }),
  });
  return [section('accounts', mapOf(named.map(line)), notes)];
}

const stateNote = (state: string): string => (state === 'ACTIVE' ? '' : ` It is ${state}.`);

function orphanNotes(what: string, labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  return [
    `To decide: these orphaned ${what} (a user, group or account was deleted) can't be written to this file. \`idc plan --orphans\` shows their removal:`,
    ...labels.map((label) => `- ${label}`),
  ];
}

function listOfEntries(entries: readonly WrittenEntry[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = entries.map(({ value, notes }) => {
    const lines = Object.entries(value as object).map(([key, member]: [string, unknown]) => ({ key, value: member }));
    return withComment(mapOf(lines), notes);
  });
  list.flow = entries.length === 0;
  return list;
}
