import path from 'node:path';
import { ReportedError } from '../../../core/errors.ts';
import { defaultFile } from '../../../core/file-name.ts';
import { fileOfOwners, fileOfWorkflow, knownAnswers } from '../../../repository/known-answers.ts';
import { answersOf, placeOf, type FileAnswers } from '../../../repository/places.ts';
import type { Answers } from '../../../repository/templates.ts';
import { fileForm } from '../../answer-forms.ts';
import type { InitFlags } from './flags.ts';
import type { Here } from './read-here.ts';

/** What flags and the files of the repository say. */
export type KnownAnswers = Partial<Answers> & FileAnswers;

export function findKnown(flags: InitFlags, here: Here, version: string): KnownAnswers {
  const read = (file: string): string | undefined => here.read(file);
  const named = flags.file ?? fileOfOwners(read) ?? defaultFile;
  const ofFile = answersOf(path.posix.normalize(named));
  const { file, suffix } = ofFile;
  const refuse = (why: string): never => {
    throw new ReportedError('bad-flag', `${JSON.stringify(named)} ${why}`, 'Name another one with --file.');
  };
  if (!fileForm.test(file)) refuse('is not a file such as sandbox/identity.yaml, from the top of the repository.');
  if (suffix === '' && file !== defaultFile) refuse('gives its workflows no name of their own.');
  const other = fileOfWorkflow(read(placeOf('.github/workflows/plan.yml', ofFile)) ?? '');
  if (other !== undefined && other !== file) refuse(`gives its workflows the names of those of ${other}.`);
  const { branch, owner } = flags;
  const given = { ...(branch !== undefined && { branch }), ...(owner !== undefined && { owner }) };
  const found = knownAnswers(read, ofFile);
  const isOn = flags.history === undefined ? found.history === 'true' : flags.history === 'on';
  return { ...found, ...given, ...ofFile, history: isOn ? 'true' : 'false', version };
}
