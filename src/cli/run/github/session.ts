import { connectGitHub, type GitHub } from '../../../github/client.ts';
import { readSettings } from '../../../github/settings.ts';
import type { Io } from '../../io.ts';

/**
 * A client for the repository that the environment names.
 * @param version of idc, which tells GitHub who asks.
 */
export function openGitHub(io: Io, version: string): GitHub {
  return connectGitHub({ ...readSettings(io.env), version, clock: io });
}
