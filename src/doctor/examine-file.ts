import type { AwsContext } from '../aws/context.ts';
import { ConfigError, ReportedError, type Diagnostic } from '../core/errors.ts';
import { isInForce } from '../core/allowance.ts';
import { State } from '../core/state.ts';
import type { FileFacts, Part } from './facts.ts';
import { nameLive, type Reading } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import type { LoadedFile } from '../config/load.ts';
import { findNames } from '../planner/names/check-names.ts';
import { expiryWarnings } from '../planner/expiring-entries.ts';
import { gapForProfiles } from '../source/file-gap.ts';
import { emptyFile, loadOptional } from '../source/load-optional.ts';
import { placeText } from '../config/place-text.ts';
import { diagnoseAll } from '../config/problems.ts';
import { reviewFile } from '../config/review.ts';
import { sections } from '../kinds/sections.ts';
import { renamesInPlace, compileDesired } from '../source/compile.ts';

/** What the file alone tells. */
export interface ExaminedFile {
  /** Where the embedded Identity Center is kept beside, too. */
  path: string;
  isThere: boolean;
  /** Empty where there is none, or where it has mistakes. */
  loaded: LoadedFile;
  mistakes: readonly Diagnostic[];
  /** What is allowed and probably not meant, each with its place. */
  advice: readonly string[];
}

/** Never fails for what is wrong with the file: that is a finding. Errors: a `ReportedError` where it can't be read at all. */
export async function examineFile(asked: string | undefined, usual: string, now: Date): Promise<ExaminedFile> {
  const path = asked ?? usual;
  try {
    const loaded = loadOptional(asked, path);
    const problems = loaded ? await reviewFile(loaded, sections, now) : [];
    const advice = diagnoseAll(problems, loaded?.places ?? emptyFile().places, 'warning').map(tell);
    return { path, isThere: loaded !== undefined, loaded: loaded ?? emptyFile(), mistakes: [], advice };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { path, isThere: true, loaded: emptyFile(), mistakes: error.diagnostics, advice: [] };
  }
}

/** What a file with mistakes does not tell. */
export const fileParts = ({ mistakes }: ExaminedFile): Map<Part, string> =>
  new Map(mistakes.length > 0 ? [['document', 'the file has mistakes']] : []);

/** What has been read, for the names in the file. */
export interface Background {
  context: AwsContext;
  /** Undefined where a part is missing, so that a name may be there and not be seen. */
  reading: Reading | undefined;
}

/** Compares the file with what has been read. Pure. */
export function fileFacts(
  { path, loaded, mistakes, advice }: ExaminedFile,
  background: Background | undefined,
  now: Date,
): FileFacts {
  const { document } = loaded;
  const profileGap = gapForProfiles(document);
  const facts: FileFacts = {
    path,
    mistakes: mistakes.map(tell),
    endings: [...expiryWarnings(loaded, now).map((one) => ending(one, loaded)), ...allowance(loaded, now)],
    advice,
    desired: new State(),
    ...(profileGap !== undefined && { profileGap }),
  };
  if (!background || mistakes.length > 0) return facts;
  const { context, reading } = background;
  // In another organization nothing that it names is known.
  const { instanceArn = context.instance.arn } = document.identityCenter;
  if (instanceArn !== context.instance.arn) return facts;
  try {
    const file = compileDesired(loaded, context, now);
    facts.desired = file.desired;
    if (reading) findNames(file, nameLive(kinds, reading, renamesInPlace(file), file.desired), now);
  } catch (error) {
    if (error instanceof ConfigError) facts.mistakes.push(...error.diagnostics.map(tell));
    else if (error instanceof ReportedError) facts.mistakes.push(`${error.code}: ${error.message}`);
    else throw error;
  }
  return facts;
}

function tell({ place, code, message }: Diagnostic): string {
  return `${place ? `${place.file}:${place.line}:${place.column}: ` : ''}${code}: ${message}`;
}

function ending(
  { code, message, at }: ReturnType<typeof expiryWarnings>[number],
  { places }: LoadedFile,
): FileFacts['endings'][number] {
  return { type: code === 'entry-expired' ? 'ended' : 'soon', message: `${placeText(places, at)}: ${message}` };
}

function allowance({ document, places }: LoadedFile, now: Date): FileFacts['endings'] {
  const { allow } = document.safety;
  if (!allow || isInForce(allow, now)) return [];
  const message = `safety.allow has expired at the end of ${allow.until} (UTC): take it out of the file.`;
  return [{ type: 'allowance', message: `${placeText(places, ['safety', 'allow'])}: ${message}` }];
}
