import path from 'node:path';
import { ReportedError } from '../core/errors.ts';
import { parseJson } from '../core/parse-json.ts';
import * as z from '../core/zod.ts';
import { readText } from '../files/read-text.ts';

/** Of which commit the files of a base are, and which of them is the identity file, by its path in the repository. */
const fetchedBase = z.object({ branch: z.string(), commit: z.string(), file: z.string() });

type FetchedBase = z.infer<typeof fetchedBase>;

const [note, files] = ['base.json', 'files'];

/** What a folder holds that is given as the file before: the files, by their paths in the repository, and of which commit they are. */
export const baseFolder = (base: FetchedBase, found: ReadonlyMap<string, Buffer>): Map<string, Buffer> =>
  new Map([
    [note, Buffer.from(`${JSON.stringify(base, null, 2)}\n`)],
    ...[...found].map(([name, content]) => [`${files}/${name}`, content] as const),
  ]);

/** Where such a folder says of which commit it is. */
export const noteOf = (folder: string): string => path.join(folder, note);

/**
 * Such a folder, with the path of the identity file. Errors: a `ReportedError` where the note is damaged; its message ends a
 * sentence about the folder.
 */
export function readBaseFolder(folder: string): FetchedBase {
  const advice = 'Make it again with `idc github fetch --base`.';
  const found = fetchedBase.safeParse(parseJson(readText(noteOf(folder)), { code: 'base-note', advice }));
  if (!found.success)
    throw new ReportedError('base-note', `has a ${note} that names no branch, commit and file`, advice);
  return { ...found.data, file: path.join(folder, files, found.data.file) };
}
