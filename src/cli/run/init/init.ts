import path from 'node:path';
import { makeFolder } from '../../../files/make-folder.ts';
import { writePrivatelyInto } from '../../../files/write-privately.ts';
import { readTemplates } from '../../../repository/templates.ts';
import { ReportedError } from '../../../core/errors.ts';
import { exitCodes, type Io } from '../../io.ts';
import { findAnswers, refuseToGuess } from './answers.ts';
import type { InitFlags } from './flags.ts';
import { judgeFiles, judgeTemplates, type JudgedFile } from './judge-files.ts';
import { findKnown, type KnownAnswers } from './known.ts';
import { readHere, topAbove } from './read-here.ts';

/** Writes the files of a team's repository into the folder that it is started in. */
export async function init(io: Io, flags: InitFlags, version: string): Promise<number> {
  if (!io.canAsk && !flags.yes && !flags.dryRun) throw refuseToGuess("Without a terminal, idc can't ask.");
  const here = readHere();
  const known = findKnown(flags, here, version);
  refuseSubfolder(flags, known);
  const templates = readTemplates(io.packageFolder).filter(
    ({ path: file }) => flags.ci === 'github' || !file.startsWith('.github/'),
  );
  // Before AWS is read and anything is asked, which would be for nothing.
  const already = judgeTemplates(templates, known, here).filter((file) => isInTheWay(file, flags));
  if (already.length > 0 && !flags.upgrade) return refuse(io, already);
  const found = await findAnswers(io, flags, here, known);
  const judged = await judgeFiles(io, templates, found, here);

  const inTheWay = judged.filter((file) => isInTheWay(file, flags));
  if (inTheWay.length > 0 && !flags.upgrade) return refuse(io, inTheWay);
  const toWrite = judged.filter(({ standing }) => standing === 'missing' || (flags.upgrade && standing === 'outdated'));
  const unknown = judged.filter(({ standing }) => standing === 'unknown');
  for (const { path: file, why } of unknown) io.err(`Left out: ${file}, because ${why}.\n`);
  if (toWrite.length > 0) {
    io.out(`${toWrite.map(describe).join('\n')}\n`);
    if (flags.dryRun) io.err(`${countFiles(toWrite.length)} would be written. Nothing was.\n`);
    else if (await isWanted(io, flags, toWrite.length)) {
      writeFiles(toWrite);
      io.err(
        `Wrote ${countFiles(toWrite.length)}.\n${nextSteps(judged, flags, found.answers, here.read('.github/CODEOWNERS'))}`,
      );
    } else {
      io.err('Nothing was written.\n');
      return exitCodes.failed;
    }
  } else io.err('Nothing to write: all files are there.\n');
  return inTheWay.length > 0 ? refuse(io, inTheWay) : exitCodes.done;
}

/** GitHub takes workflows from the top of a repository alone. */
function refuseSubfolder({ ci }: InitFlags, { file }: KnownAnswers): void {
  const top = ci === 'github' ? topAbove() : undefined;
  if (top === undefined) return;
  const folder = path.relative(top, path.resolve()).replaceAll(path.sep, '/');
  throw new ReportedError(
    'subfolder',
    `This folder is in the git repository ${top}, and GitHub runs only the workflows at its top.`,
    `Run \`idc init --file ${folder}/${file}\` there. For another CI, add --ci none.`,
  );
}

/** An edited file of these very templates has nothing new to get. */
const isInTheWay = ({ standing }: JudgedFile, { upgrade }: InitFlags): boolean =>
  standing === 'foreign' || standing === 'edited' || (standing === 'outdated' && !upgrade);

function refuse(io: Io, files: readonly JudgedFile[]): number {
  const ofOtherTemplates = files.filter(({ standing }) => standing !== 'foreign');
  io.err(`These files are there already and differ; none was changed:\n`);
  for (const { path: file, standing } of files) io.err(`  ${file}${reasons[standing] ?? ''}\n`);
  if (ofOtherTemplates.some(({ standing }) => standing === 'outdated'))
    io.err('Run idc init --upgrade to bring the unedited ones up to date.\n');
  io.err('Move a file away to have it written, and merge your own lines into it afterwards.\n');
  return exitCodes.failed;
}

const reasons: Partial<Record<JudgedFile['standing'], string>> = {
  outdated: ' (written by idc with other templates or answers)',
  edited: ' (written by idc with other templates or answers, and edited since)',
};

const describe = ({ path: file, standing, note }: JudgedFile): string =>
  `  ${standing === 'missing' ? '+' : '~'} ${file}${note === undefined ? '' : `  (${note})`}`;

async function isWanted(io: Io, flags: InitFlags, count: number): Promise<boolean> {
  if (flags.yes) return true;
  return (await io.ask(`Write ${countFiles(count)} into ${path.resolve()}? Type "yes" to write: `)).trim() === 'yes';
}

function writeFiles(files: readonly JudgedFile[]): void {
  for (const { path: file, text } of files) {
    makeFolder(path.dirname(file), { code: 'unwritable-folder', fault: "can't be made" });
    writePrivatelyInto('.', file, text);
  }
}

function nextSteps(
  judged: readonly JudgedFile[],
  { local, ci }: InitFlags,
  known: KnownAnswers,
  owners: string | undefined,
): string {
  const { file, folder, fileFlag } = known;
  const isLocked = judged.some(({ path: file, standing }) => file === 'package-lock.json' && standing !== 'unknown');
  const steps = [
    isLocked ? 'npm ci' : 'npm install --ignore-scripts',
    `npx idc plan${fileFlag}${local ? ' --local' : ''}`,
    ...(ci === 'github' && isUnowned(owners, known)
      ? [`Add /${file} and /${folder}policies/ with their owner to .github/CODEOWNERS.`]
      : []),
    ...(ci === 'github' ? ['Set up what README.md names under "Before the first merge".'] : []),
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

/** CODEOWNERS was written for another file of the repository. */
function isUnowned(owners: string | undefined, { file, folder }: KnownAnswers): boolean {
  const lines = owners?.split(/\r?\n/).map((line) => line.split(/\s/)[0]);
  return lines !== undefined && !lines.includes(`/${file}`) && !(folder !== '' && lines.includes(`/${folder}`));
}

const countFiles = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
