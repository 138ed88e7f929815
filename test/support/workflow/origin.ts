import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from '../github/world.ts';

/** Makes a folder a clone whose origin has a branch of the little GitHub, so that a step can fetch it; nothing where there is no such branch. */
export function cloneFrom(
  { branches, commits }: World,
  branch: string,
  { origin, clone }: { origin: string; clone: string },
): void {
  const sha = branches.get(branch);
  if (sha === undefined) return;
  const at = path.join(origin, sha);
  if (!existsSync(at)) {
    mkdirSync(at, { recursive: true });
    git(at, 'init', '-q', '-b', branch);
    for (const [file, text] of Object.entries(commits.get(sha)?.tree ?? {})) {
      mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
      writeFileSync(path.join(at, file), text as string);
    }
    git(at, 'add', '.');
    git(at, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'records');
  }
  git(clone, 'init', '-q');
  git(clone, 'remote', 'add', 'origin', at);
}

const git = (cwd: string, ...args: string[]): void => void execFileSync('git', args, { cwd, stdio: 'pipe' });
