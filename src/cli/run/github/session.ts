import { connectGitHub, type GitHub } from '../../../github/client.ts';
import { readSettings } from '../../../github/settings.ts';
import type { Io } from '../../io.ts';
import { originRepository } from './origin.ts';

/**
 * A client for the repository that the environment names.
 * @param version of idc, which tells GitHub who asks.
 */
export function openGitHub(io: Io, version: string): GitHub {
  return connectGitHub({ ...readSettings(io.env), version, clock: io });
}

/** The same from a terminal: of the repository that a flag names, else of the environment's, else of the clone's. */
export function openGitHubOf(io: Io, repository: string | undefined, version: string): GitHub {
  const named = repository ?? (io.env['GITHUB_REPOSITORY'] || originRepository());
  const env = { ...io.env, ...(named !== undefined && { GITHUB_REPOSITORY: named }) };
  return connectGitHub({ ...readSettings(env), version, clock: io });
}
