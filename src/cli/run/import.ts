import { existsSync } from 'node:fs';
import path from 'node:path';
import { entitlementText } from '../../core/account-access.ts';
import { ReportedError } from '../../core/errors.ts';
import { identityDocument } from '../../config/schema/document.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';
import { listOf } from '../../core/words.ts';
import { findUnread } from '../../reconcile/snapshot.ts';
import { nameLive, type LiveState } from '../../reconcile/state.ts';
import { collectInventory } from '../../inventory/collect.ts';
import { importableSections, sections, type Section } from '../../inventory/sections.ts';
import { summarize } from '../../inventory/summary.ts';
import { writeIdentityFile, type WrittenFile } from '../../inventory/write-file.ts';
import { externalSections, externalThings, providedSections } from '../../kinds/external-things.ts';
import { kinds } from '../../kinds/index.ts';
import { exitCodes, type CommonFlags, type Io } from '../io.ts';
import { checkSnapshotFits } from '../../source/snapshot.ts';
import type { AwsContext } from '../../aws/context.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { readText } from '../../files/read-text.ts';
import { schemaPath } from '../../files/schema-path.ts';
import { takeSnapshot } from './snapshot.ts';
import { parseSnapshot, type Snapshot } from '../../source/snapshot-format.ts';
import { connectionFlags } from '../../source/connection-flags.ts';
import { idcLine } from '../../doctor/idc-line.ts';
import { nameEntitlements } from '../../source/name-entitlements.ts';
import { refuseUnread } from '../../source/unread.ts';
import { writeTogether } from '../../files/write-privately.ts';

type Directory = 'identity-center' | 'external';

export interface ImportFlags extends CommonFlags {
  out?: string;
  force?: boolean;
  /** A snapshot in the place of what is live. */
  snapshot?: string;
  directory?: Directory;
  /** The sections to write, with commas between; all without it. */
  only?: string;
}

/** Writes the file that says what is live. A plan of it is empty, but for roles that lack an edit and what no file can say. */
export async function importLive(io: Io, flags: ImportFlags, asked: string | undefined): Promise<number> {
  const { out } = flags;
  // Before everything is read, which takes a while.
  if (out !== undefined && !flags.force) checkAbsent([out]);
  const schema = schemaPath(path.dirname(out ?? 'identity.yaml'), io.packageFolder);
  const { text, policies, notes } = await collectImport(io, flags, asked, schema);
  if (out === undefined) io.out(text);
  else writeAll(out, text, policies, flags.force ?? false);
  io.err(`${[...notes, ...nextStep(flags)].join('\n')}\n`);
  return exitCodes.done;
}

/** An identity file that says what is live, with its policies by their path beside it. */
export interface Imported extends WrittenFile {
  /** Sentences for the person. */
  notes: string[];
  context: AwsContext;
}

/** @param schema the path of its schema, from the file. */
export async function collectImport(
  io: Io,
  flags: ImportFlags,
  asked: string | undefined,
  schema: string | undefined,
): Promise<Imported> {
  const askedFor = sectionsAskedFor(flags.only);
  const snapshot = await readSnapshot(io, flags, asked);
  const { instance } = snapshot.context;
  const live = nameLive(kinds, snapshot.reading, new Map());
  const { directory, provided } = judgeDirectory(live, flags.directory);
  if (flags.only !== undefined) refuseProvided(askedFor, provided);
  const wanted = askedFor.filter(({ name }) => !provided.has(name));
  const isUnread = ({ name }: { name: string }): boolean => snapshot.reading[name] === undefined;
  // A section that was asked for by name has to be there; of all that there are, one that was not read is left out.
  const left = flags.only === undefined ? wanted.filter((section) => section.kinds.some(isUnread)) : [];
  const managedSections = new Set(wanted.filter((section) => !left.includes(section)));
  const managed = new Set([...managedSections].flatMap((section) => section.kinds.map(({ name }) => name)));
  refuseUnread(findUnread(kinds, snapshot.reading, { manages: (kind) => managed.has(kind), removes: () => false }));

  const collected = collectInventory(sections, live, snapshot.context, managedSections);
  const referredTo = flags.only === undefined ? describeProvided(provided) : [];
  const entitled = entitlementNotes(snapshot, live);
  const written = writeIdentityFile(collected, {
    instance,
    directory,
    heading: [...headingOf(snapshot, io.now(), flags.snapshot !== undefined), ...referredTo, ...entitled],
    withPolicyFiles: flags.out !== undefined,
    ...(schema !== undefined && { schema }),
  });
  const names = listOf(left.map(({ noun: [, many] }) => many));
  const unread =
    left.length > 0 ? [`The idc that took this snapshot did not read ${names}: this file does not manage them.`] : [];
  const notes = [...unread, summarize(collected, written.policies.size), ...referredTo];
  return { ...written, notes, context: snapshot.context };
}

function nextStep({ out, snapshot, ...connection }: ImportFlags): string[] {
  if (out === undefined) return [];
  const flags = [...connectionFlags(connection), ...(snapshot === undefined ? [] : ['--snapshot', snapshot])];
  return [`Next: ${idcLine('plan', { file: { path: out }, flags })}`];
}

function sectionsAskedFor(only: string | undefined): Section[] {
  if (only === undefined) return importableSections;
  const asked = only
    .split(',')
    .map((text) => ({ text, section: importableSections.find(({ word }) => word === text) }));
  const wrong = asked.filter(({ section }) => section === undefined).map(({ text }) => JSON.stringify(text));
  if (wrong.length > 0) {
    throw new ReportedError(
      'bad-flag',
      `--only takes ${listOf(importableSections.map(({ word }) => word))}, with commas between, and not ${listOf(wrong)}.`,
    );
  }
  return [...new Set(asked.flatMap(({ section }) => section ?? []))];
}

/**
 * Whose the directory is, and the sections that are left to an identity provider: written as Identity Center's own, its users
 * would be deleted with their lines. A provider may bring the users alone, so each section is judged by what is live.
 */
function judgeDirectory(
  live: LiveState,
  asked: Directory | undefined,
): { directory: Directory; provided: ReadonlySet<string> } {
  const all = providedSections.map(({ name }) => name);
  const brought = externalSections(externalThings(live));
  const directory = asked ?? (all.every((name) => brought.has(name)) ? 'external' : 'identity-center');
  return { directory, provided: directory === 'external' ? new Set(all) : brought };
}

function refuseProvided(asked: readonly Section[], provided: ReadonlySet<string>): void {
  const names = asked.filter(({ name }) => provided.has(name)).map(({ word }) => word);
  if (names.length === 0) return;
  throw new ReportedError(
    'external-directory',
    `The ${listOf(names)} are an identity provider's, so no file can declare them.`,
    `Take ${listOf(names)} out of --only: the file refers to them all the same.`,
  );
}

/** What no file can say, for whoever reads this one as all that there is. */
function entitlementNotes({ accountAccess }: Snapshot, live: LiveState): string[] {
  if (!accountAccess || 'unknown' in accountAccess || accountAccess.entitlements.length === 0) return [];
  return [
    "Account access manager gives roles of unknown content beside permission sets. They can't be written to this file:",
    ...nameEntitlements(accountAccess, live).map((one) => `- ${entitlementText(one)}`),
  ];
}

const describeProvided = (provided: ReadonlySet<string>): string[] =>
  provided.size === 0
    ? []
    : [
        `An identity provider manages the ${listOf([...provided])}: the file refers to them, and does not declare them.`,
      ];

async function readSnapshot(io: Io, flags: ImportFlags, asked: string | undefined): Promise<Snapshot> {
  if (flags.snapshot === undefined) return (await takeSnapshot(io, flags, asked)).taken;
  const snapshot = parseSnapshot(readText(flags.snapshot));
  checkSnapshotFits(snapshot, identityDocument.parse({ version: 1 }), flags);
  return snapshot;
}

function headingOf({ takenAt, context: { instance } }: Snapshot, now: Date, isFromSnapshot: boolean): string[] {
  const source = isFromSnapshot ? ` from ${describeSnapshot(takenAt)}` : '';
  return [
    `What is live in Identity Center ${instance.arn} (${instance.region}), written by \`idc import\` on ${minuteOf(now)}${source}.`,
    'A plan of this file changes nothing until Identity Center changes. Comments that begin with "To decide" name what needs a decision.',
  ];
}

const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** All of them or none, as far as can be told beforehand. */
function writeAll(out: string, text: string, policies: ReadonlyMap<string, string>, force: boolean): void {
  const folder = path.dirname(out);
  if (!force) checkAbsent([out, ...[...policies.keys()].map((name) => path.join(folder, name))]);
  const fault = { code: 'unwritable-file', fault: "can't be made" } as const;
  makeFolder(folder, fault);
  for (const name of policies.keys()) makeFolder(path.dirname(path.join(folder, name)), fault);
  writeTogether(out, text, policies);
}

function checkAbsent(files: readonly string[]): void {
  const existing = files.filter((file) => existsSync(file));
  if (existing.length === 0) return;
  throw new ReportedError(
    'existing-file',
    `${listOf(existing, 5)} ${existing.length === 1 ? 'is' : 'are'} there already; nothing was written.`,
    'Name another file with --out, or overwrite with --force.',
  );
}
