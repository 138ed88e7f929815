import path from 'node:path';
import { makeFolder } from '../../../files/make-folder.ts';
import { writePrivatelyInto } from '../../../files/write-privately.ts';
import { readTemplates } from '../../../repository/templates.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { findAnswers, refuseToGuess } from './answers.ts';
import { judgeFiles, type JudgedFile } from './judge-files.ts';
import { readHere } from './read-here.ts';

export interface InitFlags extends CommonFlags {
  yes?: boolean;
  dryRun?: boolean;
  minimal?: boolean;
  owner?: string;
  account?: string;
  rolePrefix: string;
  branch?: string;
  ci: 'github' | 'none';
  upgrade?: boolean;
}

/** Writes the files of a team's repository into the folder that it is started in. */
export async function init(io: Io, flags: InitFlags, version: string): Promise<number> {
  if (!io.canAsk && !flags.yes && !flags.dryRun) throw refuseToGuess("Without a terminal, idc can't ask.");
  const here = readHere();
  const found = await findAnswers(io, flags, here, version);
  const templates = readTemplates(io.packageFolder).filter(
    ({ path: file }) => flags.ci === 'github' || !file.startsWith('.github/'),
  );
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
      io.err(`Wrote ${countFiles(toWrite.length)}.\n${nextSteps(judged, flags)}`);
    } else {
      io.err('Nothing was written.\n');
      return exitCodes.failed;
    }
  } else io.err('Nothing to write: all files are there.\n');
  return inTheWay.length > 0 ? refuse(io, inTheWay) : exitCodes.done;
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

function nextSteps(judged: readonly JudgedFile[], { local, ci }: InitFlags): string {
  const isLocked = judged.some(({ path: file, standing }) => file === 'package-lock.json' && standing !== 'unknown');
  const steps = [
    isLocked ? 'npm ci' : 'npm install --ignore-scripts',
    `npx idc plan${local ? ' --local' : ''}`,
    ...(ci === 'github' ? ['Set up what README.md names under "Before the first merge".'] : []),
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

const countFiles = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
