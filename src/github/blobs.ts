import { createHash } from 'node:crypto';
import { ReportedError } from '../core/errors.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import type { Place } from './follow-links.ts';

/** What files and links of a commit hold. */
export interface Blobs {
  /** True where reading it takes no request. */
  isHere(place: Place): boolean;
  read(place: Place): Promise<Buffer>;
}

/**
 * Downloads each content once, and none that is here already: git's hash says whether it is the same.
 * @param checkedOut the file that a checkout of another commit has at a path.
 */
export function openBlobs({ rest, at }: GitHub, checkedOut: (path: string) => Buffer | undefined): Blobs {
  const known = new Map<string, Buffer>();
  return {
    isHere: (place) => hereOrKnown(place) !== undefined,
    async read(place) {
      const content = hereOrKnown(place) ?? (await download(place));
      known.set(place.sha, content);
      return content;
    },
  };

  function hereOrKnown({ sha, path, size }: Place): Buffer | undefined {
    const before = known.get(sha);
    if (before) return before;
    const here = checkedOut(path);
    if (here?.length !== size || blobHash(here) !== sha) return undefined;
    known.set(sha, here);
    return here;
  }

  async function download({ sha, path }: Place): Promise<Buffer> {
    const request = rest.git.getBlob({
      ...at,
      file_sha: sha,
      mediaType: { format: 'raw' },
      request: { parseSuccessResponseBody: false },
    });
    const { data } = await asking(`the file ${path}`, 'contents: read', request);
    // With this media type GitHub answers with the bytes, whatever the type says.
    const content = data as unknown as Buffer;
    if (blobHash(content) === sha) return content;
    throw new ReportedError(
      'github-failed',
      `GitHub answers the file ${path} with another content than its hash says.`,
    );
  }
}

/** By which git knows a content. */
export const blobHash = (content: Buffer): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
