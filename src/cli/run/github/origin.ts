import { execFileSync } from 'node:child_process';

/**
 * The repository on github.com that the clone of this folder came from, as OWNER/REPOSITORY; undefined where there is no remote
 * `origin`, or another host's: the token is not for it.
 */
export function originRepository(): string | undefined {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', windowsHide: true } as const;
    return repositoryOf(execFileSync('git', ['remote', 'get-url', 'origin'], options).trim());
  } catch {
    return undefined;
  }
}

/** @param url of a remote, as `https://…`, `ssh://…` or `git@github.com:…`. */
export function repositoryOf(url: string): string | undefined {
  const path =
    /^https:\/\/(?:[^/@]+@)?github\.com\/(.+)$/i.exec(url)?.[1] ??
    /^(?:ssh:\/\/)?git@(?:github\.com|ssh\.github\.com:443)[:/](.+)$/i.exec(url)?.[1];
  return path === undefined ? undefined : /^([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path)?.[1];
}
