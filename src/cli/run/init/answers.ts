import { searchRegions } from '../../../aws/client/search-regions.ts';
import { regionsOf } from '../../../aws/client/regions.ts';
import { ReplicaRegionError } from '../../../aws/instance.ts';
import { partitionOf } from '../../../core/partition.ts';
import { RefusedError, ReportedError } from '../../../core/errors.ts';
import { listOf } from '../../../core/words.ts';
import { accountForm, branchForm, ownerForm, regionForm } from '../../answer-forms.ts';
import { defaultBranchOf } from '../../../repository/default-branch.ts';
import type { FileAnswers } from '../../../repository/places.ts';
import { resolveHomeRegion } from '../../../source/home-region.ts';
import { emptyFile } from '../../../source/load-optional.ts';
import { connectionOf } from '../../session.ts';
import type { Io } from '../../io.ts';
import { collectImport, type Imported } from '../import.ts';
import type { Here } from './read-here.ts';
import type { InitFlags } from './flags.ts';
import type { KnownAnswers } from './known.ts';

/** What the files are made of. */
export interface Found {
  answers: KnownAnswers;
  /** What is live, where the identity file is written from it. */
  imported?: Imported;
}

/** To what flags and files say, adds what AWS says, and asks for the rest; prints what it found or guessed. */
export async function findAnswers(io: Io, flags: InitFlags, here: Here, known: KnownAnswers): Promise<Found> {
  const hasFile = here.read(known.file) !== undefined;
  const imported = hasFile || flags.minimal ? undefined : await importFrom(io, flags, known);
  const region =
    imported?.context.instance.region ??
    flags.region ??
    known.region ??
    regionSet(io, flags) ??
    (await ask(io, flags, 'region', 'Home region of Identity Center (such as us-east-1): ', regionForm));
  const answers: KnownAnswers = {
    ...known,
    region,
    branch: known.branch ?? branchHere(here, flags),
  };
  if (flags.ci === 'none') return { answers, ...(imported && { imported }) };
  const isRoleGiven = known.planRole !== undefined && known.applyRole !== undefined && flags.account === undefined;
  if (!isRoleGiven) {
    const account = flags.account ?? accountOf(imported) ?? (await askAccount(io, flags));
    const role = (purpose: string): string =>
      `arn:${partitionOf(region)}:iam::${account}:role/${flags.rolePrefix}${purpose}`;
    Object.assign(answers, { planRole: role('plan'), applyRole: role('apply') });
  }
  const owner = known.owner ?? (await askOwner(io, flags));
  if (owner !== undefined) answers.owner = owner;
  io.err(`Region ${region}, default branch ${answers.branch}, roles ${answers.planRole} and ${answers.applyRole}.\n`);
  return { answers, ...(imported && { imported }) };
}

/** Reads what is live in the region that is given or set, else where an instance is found. */
async function importFrom(io: Io, flags: InitFlags, { file, root }: FileAnswers): Promise<Imported> {
  const collect = (region: string | undefined): Promise<Imported> =>
    collectImport(
      io,
      { ...flags, ...(region !== undefined && { region }), out: file },
      undefined,
      `${root}${installed}`,
    );
  try {
    return told(io, await collect(flags.region));
  } catch (error) {
    if (!(error instanceof ReportedError) || flags.local || flags.region !== undefined) throw withoutAws(error);
    if (error instanceof ReplicaRegionError) return told(io, await collect(error.primaryRegion));
    if (!['no-instance', 'no-region'].includes(error.code)) throw withoutAws(error);
    return told(io, await collect(await findRegion(io, flags, error)));
  }
}

/** Where it will be once npm has installed what package.json names. */
const installed = 'node_modules/identity-center-as-code/schemas/identity.schema.json';

function told(io: Io, imported: Imported): Imported {
  io.err(`${imported.notes.join('\n')}\n`);
  return imported;
}

/** As doctor looks for it: every region of the partition is asked, and the home of an instance counts. */
async function findRegion(io: Io, flags: InitFlags, failure: ReportedError): Promise<string> {
  const set = regionSet(io, flags);
  const { profile } = flags;
  const { found, primary } = await searchRegions(regionsOf(partitionOf(set)), profile === undefined ? {} : { profile });
  const regions = [...new Set(found.map(({ region }) => region))];
  const home = primary ?? (regions.length === 1 ? regions[0] : undefined);
  if (home !== undefined) return home;
  if (regions.length === 0) throw withoutAws(failure);
  const list = listOf(found.map(({ region, ownerAccountId }) => `${region} (account ${ownerAccountId})`));
  return ask(io, flags, 'region', `Identity Center was found in ${list}. Which region? `, (text) =>
    regions.includes(text),
  );
}

/** What a flag or the environment says. */
const regionSet = (io: Io, flags: InitFlags): string | undefined =>
  resolveHomeRegion(emptyFile().document, connectionOf(flags, io));

/** The way that needs no account. */
function withoutAws(error: unknown): unknown {
  if (!(error instanceof ReportedError)) return error;
  const hint = 'Or start without reading AWS: `idc init --minimal`.';
  return new ReportedError(error.code, error.message, error.hint === undefined ? hint : `${error.hint} ${hint}`);
}

const accountOf = (imported: Imported | undefined): string | undefined =>
  imported && (imported.context.caller?.accountId ?? imported.context.instance.ownerAccountId);

function branchHere(here: Here, flags: InitFlags): string {
  const branch = defaultBranchOf((file) => here.read(file)) ?? 'main';
  if (flags.ci === 'none' || branchForm.test(branch)) return branch;
  throw new ReportedError(
    'bad-flag',
    `The default branch ${JSON.stringify(branch)} can't be named in a workflow: GitHub reads it as a pattern.`,
    'Rename the branch, or name another one with --branch.',
  );
}

const askAccount = (io: Io, flags: InitFlags): Promise<string> =>
  ask(io, flags, 'account', 'Id of the AWS account with the roles of the workflows (12 digits): ', accountForm);

/** The only answer that can wait: without it, CODEOWNERS is left out. */
async function askOwner(io: Io, flags: InitFlags): Promise<string | undefined> {
  if (flags.yes || !io.canAsk) return undefined;
  const answer = (
    await io.ask('Code owner of the file and the workflows (such as @example/identity; empty: later): ')
  ).trim();
  if (answer === '' || ownerForm.test(answer)) return answer || undefined;
  throw new ReportedError('bad-flag', `${JSON.stringify(answer)} is not a code owner; write @user or @org/team.`);
}

async function ask(
  io: Io,
  flags: InitFlags,
  flag: string,
  question: string,
  form: RegExp | ((answer: string) => boolean),
): Promise<string> {
  if (flags.yes || !io.canAsk) throw refuseToGuess(`--${flag} is missing.`);
  const answer = (await io.ask(question)).trim();
  if (form instanceof RegExp ? form.test(answer) : form(answer)) return answer;
  throw new ReportedError('bad-flag', `${JSON.stringify(answer)} is not an answer to this. Nothing was written.`);
}

/** Names every flag that answers a question. */
export const refuseToGuess = (why: string): RefusedError =>
  new RefusedError(
    `${why} Answer by flags: --yes (write without asking), --owner @org/team, --region, --account, and --minimal for a file that is not read from AWS. --dry-run shows what would be written.`,
  );
