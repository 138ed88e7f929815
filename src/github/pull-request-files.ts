import { posix } from 'node:path';
import { ReportedError } from '../core/errors.ts';
import { openBlobs } from './blobs.ts';
import type { GitHub } from './client.ts';
import { allowRequests } from './errors.ts';
import { followLinks, type Place } from './follow-links.ts';
import { openTree, type Folder } from './tree.ts';

/** What has been found in a commit, by path inside the repository. */
export interface Found {
  files: Map<string, Buffer>;
  /** What is wanted and not there, with the reason as the end of a sentence. */
  absent: Map<string, string>;
  /** The top is `.`; one that is not there is empty. */
  folders: Map<string, Folder>;
}

/** Paths that are referred to and not known yet, in normal form. */
export interface Wanted {
  files: readonly string[];
  folders: readonly string[];
}

const mostFiles = 1000;
const mostBytes = 100_000_000;
const largestFile = 10_000_000;

/**
 * A path inside the repository in its normal form; undefined where it leads outside, or is one that another system reads
 * differently.
 */
export function repositoryPath(path: string): string | undefined {
  if (path === '' || /[\\\0]/.test(path) || path.startsWith('/') || /^[A-Za-z]:/.test(path)) return undefined;
  const normal = posix.normalize(path);
  const outside = normal === '.' || normal === '..' || normal.startsWith('../') || normal.endsWith('/');
  return outside ? undefined : normal;
}

/**
 * Finds a file and all that it refers to, as they are in a commit.
 * @param wanted what is referred to, and neither found nor known to be absent.
 * @param checkedOut the file that a checkout of another commit has at a path: what is the same there is not downloaded.
 */
export async function collectFiles(
  gitHub: GitHub,
  commit: string,
  wanted: (found: Found) => Wanted,
  checkedOut: (path: string) => Buffer | undefined,
): Promise<Found> {
  const tree = openTree(gitHub, commit);
  const blobs = openBlobs(gitHub, checkedOut);
  const found: Found = { files: new Map(), absent: new Map(), folders: tree.known };
  const { files, absent, folders } = found;
  let bytes = 0;
  for (let next = wanted(found); next.files.length + next.folders.length > 0; next = wanted(found)) {
    for (const path of next.folders) {
      const place = path === '.' || isInside(path) ? await find(path) : undefined;
      folders.set(path, (place && (await tree.read(place.path))) ?? new Map());
    }
    const places = new Map<string, Place>();
    for (const path of new Set(next.files)) {
      if (files.size + absent.size + places.size >= mostFiles || bytes > mostBytes) throw tooMuch();
      const place = isInside(path) ? await find(path) : undefined;
      if (place?.kind === 'file') {
        places.set(path, place);
        bytes += place.size;
        if (place.size > largestFile) throw tooLarge(path);
      } else {
        absent.set(path, whyAbsent(path, place));
      }
    }
    const missing = new Set([...places.values()].filter((place) => !blobs.isHere(place)).map(({ sha }) => sha));
    allowRequests(gitHub.requests, missing.size);
    for (const [path, place] of places) files.set(path, await blobs.read(place));
  }
  return found;

  function find(path: string): Promise<Place | undefined> {
    return followLinks(tree, path, async (link) => (await blobs.read(link)).toString());
  }
}

const isInside = (path: string): boolean => repositoryPath(path) === path;

function whyAbsent(path: string, place: Place | undefined): string {
  if (!isInside(path)) return 'is not a path inside the repository';
  return place ? 'is not a file, but a folder, a symbolic link or a submodule' : 'does not exist';
}

const tooLarge = (path: string): ReportedError =>
  new ReportedError('pull-request-too-large', `${path} is larger than 10 MB.`);

const tooMuch = (): ReportedError =>
  new ReportedError(
    'pull-request-too-large',
    `The identity file refers to more than ${mostFiles} files, or to more than ${mostBytes / 1_000_000} MB.`,
    'Put policies of one text into one file, and split what belongs to another instance.',
  );
