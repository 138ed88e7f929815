import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config';

type Sections = Record<string, Record<string, string | undefined>>;

/** What a reader of `~/.aws/config` finds in it. */
export interface ParsedConfig {
  profiles: Sections;
  sessions: Sections;
}

/** Each text in a file of its own: the SDK remembers what it has read under a path. */
export async function withConfigFiles<T>(texts: string[], use: (paths: string[]) => Promise<T> | T): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'idc-profiles-'));
  try {
    const paths = texts.map((_, index) => join(directory, `config-${index}`));
    await Promise.all(paths.map((path, index) => writeFile(path, texts[index] ?? '')));
    return await use(paths);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** With the parser of the AWS SDK for JavaScript. */
export function parseWithSdk(text: string): Promise<ParsedConfig> {
  return withConfigFiles([text], async ([path = '']) => {
    const { configFile } = await loadSharedConfigFiles({ configFilepath: path, filepath: join(path, 'none') });
    const sessions = await loadSsoSessionData({ configFilepath: path });
    // The SDK keeps sessions among the profiles too, under names of their own.
    const profiles = Object.entries(configFile).filter(
      ([name]) => !(name.startsWith('sso-session.') && name.slice(12) in sessions),
    );
    return { profiles: Object.fromEntries(profiles), sessions };
  });
}

const script = `
import json, sys
from botocore.configloader import build_profile_map, raw_config_parse
nested, *paths = sys.argv[1:]
parsed = [build_profile_map(raw_config_parse(path, parse_subsections=nested == "nested")) for path in paths]
print(json.dumps([{"profiles": p["profiles"], "sessions": p["sso_sessions"]} for p in parsed]))
`;

/** With the parser of the AWS CLI and the AWS SDK for Python; blocks such as `s3 =` as such, or as one text. */
export function parseWithBotocore(texts: string[], nested = true): Promise<ParsedConfig[]> {
  return withConfigFiles(texts, (paths) => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', script, nested ? 'nested' : 'flat', ...paths], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as ParsedConfig[];
  });
}

/** Why botocore can't be asked; undefined where it can. */
export function whyNoBotocore(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import botocore.configloader']);
  return status === 0 ? undefined : 'python3 with botocore is not installed';
}
