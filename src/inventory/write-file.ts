import type { ApplicationAssignmentEntry } from '../kinds/application-assignment/schema.ts';
import type { AssignmentByAccounts } from '../kinds/account-assignment/schema.ts';
import type { Instance } from '../core/plan.ts';
import { YAMLSeq } from 'yaml';
import { ignoreLine } from './ignore-section.ts';
import type { AccountNames, NamedAccount } from './account-names.ts';
import type { Candidate } from './sayable.ts';
import type { Survey } from './survey.ts';
import { type Line, mapOf, renderYaml } from './yaml-nodes.ts';

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
}

/** The longest inline policy that stands in the file itself, in lines. */
const longestPolicy = 15;

/** The identity file that says what the survey has found. Pure. */
export function writeIdentityFile(
  survey: Survey,
  { instance, directory, heading, withPolicyFiles }: Frame,
): WrittenFile {
  const { accounts, users, groups, permissionSets, assignments, orphans } = survey;
  const { applicationAssignments, accessControlAttributes } = survey;
  const policies = new Map<string, string>();
  const home = { region: instance.region, instanceArn: instance.arn, directory };
  const lines: Line[] = [
    { key: 'version', value: 1 },
    section('identityCenter', mapOf(Object.entries(home).map(([key, value]) => ({ key, value })))),
    ...accountsLine(accounts),
    ...(users ? [section('users', mapOf(users.map(declaration)))] : []),
    ...(groups ? [section('groups', mapOf(groups.map(declaration)), orphanNotes('members', orphans.members))] : []),
    ...(permissionSets
      ? [section('permissionSets', mapOf(permissionSets.map((set) => declaration(moveLongPolicy(set)))))]
      : []),
    ...(assignments
      ? [section('assignments', listOfEntries(assignments), orphanNotes('assignments', orphans.assignments))]
      : []),
    ...(applicationAssignments
      ? [
          section('applicationAssignments', listOfEntries(applicationAssignments.entries), [
            ...applicationAssignments.notes,
            ...orphanNotes('assignments', orphans.applicationAssignments),
          ]),
        ]
      : []),
    ...(accessControlAttributes
      ? [
          section(
            'accessControlAttributes',
            mapOf(Object.entries(accessControlAttributes).map(([key, value]) => ({ key, value }))),
          ),
        ]
      : []),
    ...ignoreLine(survey.left),
  ];
  const schema = ' yaml-language-server: $schema=./schemas/identity.schema.json';
  return { text: renderYaml(mapOf(lines), schema, heading), policies };

  function moveLongPolicy(set: Candidate): Candidate {
    const { inlinePolicy } = set.entry;
    if (!withPolicyFiles || inlinePolicy === undefined) return set;
    const length = renderYaml(mapOf([{ key: 'inlinePolicy', value: inlinePolicy }])).split('\n').length - 2;
    if (length <= longestPolicy) return set;
    const file = `policies/${set.name}.json`;
    policies.set(file, `${JSON.stringify(inlinePolicy, null, 2)}\n`);
    return { ...set, entry: { ...set.entry, inlinePolicy: { file } } };
  }
}

const section = (key: string, value: unknown, comment: readonly string[] = []): Line => ({
  key,
  value,
  comment,
  space: true,
});

/** A short entry stands on one line. */
function declaration({ name, entry, notes }: Candidate): Line {
  return { key: name, value: entry, comment: notes };
}

function accountsLine({ named, unnamed, unreadable }: AccountNames): Line[] {
  if (unreadable !== undefined) return [];
  const notes = unnamed.map(
    ({ id, name, state }) =>
      `To decide: account ${id} has no name here, since ${JSON.stringify(name)} is not its alone or is no name for this file; it stands by its id.${stateNote(state)}`,
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
    `To decide: these ${what} are left over from somebody or something that is gone, which no file can say. \`idc plan --orphans\` shows their removal:`,
    ...labels.map((label) => `- ${label}`),
  ];
}

function listOfEntries(entries: readonly (AssignmentByAccounts | ApplicationAssignmentEntry)[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = entries.map(({ groups, users, ...what }) =>
    mapOf(
      Object.entries({ groups, users, ...what }).flatMap(([key, value]) =>
        value === undefined ? [] : [{ key, value }],
      ),
    ),
  );
  list.flow = entries.length === 0;
  return list;
}
