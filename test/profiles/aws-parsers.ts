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
from botocore.exceptions import ConfigParseError
nested, *paths = sys.argv[1:]
def parse(path):
    try:
        parsed = build_profile_map(raw_config_parse(path, parse_subsections=nested == "nested"))
        return {"profiles": parsed["profiles"], "sessions": parsed["sso_sessions"]}
    except ConfigParseError as error:
        return {"error": type(error).__name__}
print(json.dumps([parse(path) for path in paths]))
`;

/** With the parser of the AWS CLI and the AWS SDK for Python; blocks such as `s3 =` as such, or as one text. */
export async function parseWithBotocore(texts: string[], nested = true): Promise<ParsedConfig[]> {
  const answers = await askBotocore(texts, nested);
  return answers.map((answer) => {
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  });
}

/** The error that each text is to the same parser; undefined for one that it takes. */
export async function refusedByBotocore(texts: string[]): Promise<(string | undefined)[]> {
  const answers = await askBotocore(texts, true);
  return answers.map((answer) => ('error' in answer ? answer.error : undefined));
}

function askBotocore(texts: string[], nested: boolean): Promise<(ParsedConfig | { error: string })[]> {
  return withConfigFiles(texts, (paths) => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', script, nested ? 'nested' : 'flat', ...paths], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as (ParsedConfig | { error: string })[];
  });
}

/** Why botocore can't be asked; undefined where it can. */
export function whyNoBotocore(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import botocore.configloader']);
  return status === 0 ? undefined : 'python3 with botocore is not installed';
}
