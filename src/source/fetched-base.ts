import path from 'node:path';
import { ReportedError } from '../core/errors.ts';
import { parseJson } from '../core/parse-json.ts';
import * as z from '../core/zod.ts';
import { readText } from '../files/read-text.ts';

/** A later commit whose apply began: where its files are, or why they could not be fetched. */
const begunCommit = z.object({ commit: z.string(), missing: z.optional(z.string()) });

/** Of which commits the files are, and which of them is the identity file, by its path in the repository. */
const fetchedBase = z.object({
  branch: z.string(),
  file: z.string(),
  /** The one that was applied last. */
  commit: z.optional(z.string()),
  /** Why there is none. */
  missing: z.optional(z.string()),
  begun: z.optional(z.array(begunCommit)),
});

type FetchedBase = z.infer<typeof fetchedBase>;

const [note, files] = ['base.json', 'files'];

type Files = ReadonlyMap<string, Buffer>;
type Later = ReadonlyMap<string, { files: Files } | { missing: string }>;

/**
 * What a folder holds that is given as the file before: the files, by their paths in the repository, and of which commits they are.
 * @param found the files of the commit that was applied last
 * @param begun those of later commits, by commit; what is missing is in the note
 */
export const baseFolder = (base: FetchedBase, found: Files, begun: Later = new Map()): Map<string, Buffer> =>
  new Map([
    [note, Buffer.from(`${JSON.stringify(base, null, 2)}\n`)],
    ...below(files, found),
    ...[...begun].flatMap(([commit, one]) => ('files' in one ? below(folderOf(commit), one.files) : [])),
  ]);

const below = (folder: string, found: Files): [string, Buffer][] =>
  [...found].map(([name, content]) => [`${folder}/${name}`, content]);

const folderOf = (commit: string): string => `begun/${commit}`;

/** Where such a folder says of which commit it is. */
export const noteOf = (folder: string): string => path.join(folder, note);

/** An identity file of such a folder, by where it and the files beside it are now; or why it is not there. */
export type FetchedFile = { commit: string } & ({ path: string; folder: string } | { missing: string });

/**
 * What such a folder holds. Errors: a `ReportedError` where the note is damaged; its message ends a sentence about the
 * folder.
 */
export function readBaseFolder(folder: string): {
  branch: string;
  base: FetchedFile | { missing: string };
  begun: FetchedFile[];
} {
  const advice = 'Make it again with `idc github fetch --base`.';
  const found = fetchedBase.safeParse(parseJson(readText(noteOf(folder)), { code: 'base-note', advice }));
  const { branch = '', file = '', commit, missing, begun = [] } = found.data ?? {};
  if (!found.success || (commit === undefined) === (missing === undefined))
    throw new ReportedError('base-note', `has a ${note} that names no branch, commit and file`, advice);
  const fileIn = (below: string) => ({ path: path.join(folder, below, file), folder: path.join(folder, below) });
  return {
    branch,
    base: commit === undefined ? { missing: missing ?? '' } : { commit, ...fileIn(files) },
    begun: begun.map(({ commit: sha, missing: why }) =>
      why === undefined ? { commit: sha, ...fileIn(folderOf(sha)) } : { commit: sha, missing: why },
    ),
  };
}
