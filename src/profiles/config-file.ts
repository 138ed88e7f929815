import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../core/errors.ts';

/** The variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Somebody's AWS config as it is now. */
export interface AwsConfigFile {
  /** As the AWS CLI would name it. */
  file: string;
  /** Behind all symbolic links: this is what gets replaced, so that a link stays one. */
  target: string;
  /** Absent where there is no file yet. */
  stats?: Stats;
  bytes: Buffer;
}

/** Where the AWS CLI and the SDKs look for it. Errors: `no-home`, `bad-config-path`. */
export function awsConfigPath(env: Environment): string {
  const named = env['AWS_CONFIG_FILE'];
  return named ? expanded(named, env) : path.join(homeOf(env), '.aws', 'config');
}

function homeOf(env: Environment): string {
  const home = env['HOME'] || env['USERPROFILE'];
  if (home) return home;
  throw new ReportedError(
    'no-home',
    'Neither HOME nor USERPROFILE says where ~/.aws/config is.',
    'Set AWS_CONFIG_FILE.',
  );
}

/**
 * As the AWS CLI does it: first variables, then `~` (botocore, `raw_config_parse`). It takes a variable that is not set, and
 * the home of another user, as they are, which would make folders of such names here.
 */
function expanded(named: string, env: Environment): string {
  const refuse = (why: string): ReportedError =>
    new ReportedError('bad-config-path', `AWS_CONFIG_FILE is ${named}, and ${why}.`, 'Set it to the whole path.');
  const file = named.replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (_, bare?: string, braced?: string) => {
    const name = bare ?? braced ?? '';
    const value = env[name];
    if (value === undefined) throw refuse(`${name} is not set`);
    return value;
  });
  if (/^~[^/\\]/.test(file)) throw refuse('idc does not know the home folders of other users');
  return file.startsWith('~') ? path.join(homeOf(env), file.slice(1)) : file;
}

/** What is not there reads as nothing. Errors: `unreadable-config`. */
export function readAwsConfig(env: Environment): AwsConfigFile {
  const file = awsConfigPath(env);
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) return { file, target: linkTarget(file), bytes: Buffer.alloc(0) };
    if (stats.isDirectory()) throw new Error('it is a folder');
    if (!stats.isFile()) throw new Error('it is not a regular file');
    return { file, target: realpathSync(file), stats, bytes: readFileSync(file) };
  } catch (error) {
    throw new ReportedError('unreadable-config', `${file} can't be read: ${(error as Error).message}.`);
  }
}

/** Where a link that leads to nothing (yet) leads. */
function linkTarget(file: string): string {
  let target = file;
  // As many as Linux follows; a circle has been an error of `statSync` before.
  for (let links = 0; links < 40; links += 1) {
    try {
      target = path.resolve(path.dirname(target), readlinkSync(target));
    } catch {
      return target;
    }
  }
  return target;
}

/**
 * Replaces the config in one go: readers see the old one or the new one, and nothing else, even if the machine stops; a file
 * that is a mount point, which no rename replaces, is written in its place.
 * The mode stays; a new file is for its owner alone. Errors: `unwritable-config`, `config-changed`.
 * @param keepsBackup this is the first block, so a copy of what there was is kept beside the file.
 * @returns the copy, where one was made.
 */
export function replaceAwsConfig(config: AwsConfigFile, bytes: Buffer, keepsBackup: boolean): string | undefined {
  const { file, target, stats, bytes: old } = config;
  const temporary = temporaryBeside(target);
  const copy = backupOf(file);
  const hadCopy = existsSync(copy);
  try {
    // A rename asks for rights on the folder only, but who made the file read-only meant the file.
    if (stats) accessSync(target, constants.W_OK);
    else mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    writeDurably(temporary, bytes, stats);
    const now = stats ? readFileSync(target) : Buffer.alloc(0);
    if (!now.equals(old) || (!stats && statSync(target, { throwIfNoEntry: false }))) {
      throw new ReportedError('config-changed', `Another program has just changed ${file}.`, 'Run it again.');
    }
    const keeps = keepsBackup && stats !== undefined;
    if (keeps) replaceDurably(copy, old, stats);
    try {
      if (!renameOver(temporary, target)) writeInPlace(target, bytes, old);
    } catch (error) {
      if (keeps && !hadCopy) rmSync(copy, { force: true });
      throw error;
    }
    syncFolder(path.dirname(target));
    return keeps ? copy : undefined;
  } catch (error) {
    throw error instanceof ReportedError ? error : unwritableConfig(file, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const temporaryBeside = (file: string): string => path.join(path.dirname(file), `.config.idc-${randomUUID()}`);

/** False where the target is a mount point, as a file that a container is given is. */
function renameOver(temporary: string, target: string): boolean {
  try {
    renameSync(temporary, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw error;
  }
}

/** Where that fails half-way, the old bytes are back. */
function writeInPlace(target: string, bytes: Buffer, old: Buffer): void {
  const descriptor = openSync(target, 'r+');
  try {
    overwrite(descriptor, bytes);
  } catch (error) {
    overwrite(descriptor, old);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function overwrite(descriptor: number, bytes: Buffer): void {
  ftruncateSync(descriptor, 0);
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
  fsyncSync(descriptor);
}

const unwritableConfig = (file: string, error: unknown): ReportedError =>
  new ReportedError(
    'unwritable-config',
    `${file} can't be written: ${(error as Error).message}.`,
    'It is as it was. Make the file and its folder writable, or name another file with AWS_CONFIG_FILE.',
  );

function writeDurably(file: string, bytes: Buffer, stats: Stats | undefined): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, bytes);
    if (stats) {
      const made = fstatSync(descriptor);
      // Under sudo, the file must not become root's.
      if (made.uid !== stats.uid) fchownSync(descriptor, stats.uid, stats.gid);
      const isOfItsGroup = made.gid === stats.gid || mayGiveTo(descriptor, stats);
      // What was a group's to read must not become another group's.
      fchmodSync(descriptor, stats.mode & (isOfItsGroup ? 0o7777 : 0o7707));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** False for a group that its owner is not in, to which only root can give a file. */
function mayGiveTo(descriptor: number, { uid, gid }: Stats): boolean {
  try {
    fchownSync(descriptor, uid, gid);
    return true;
  } catch {
    return false;
  }
}

/** Makes the rename last. Not every system can, and the content is safe without it. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows opens no folders.
  }
}

const backupOf = (file: string): string => `${file}.before-idc`;

function replaceDurably(file: string, bytes: Buffer, stats: Stats): void {
  const temporary = temporaryBeside(file);
  try {
    writeDurably(temporary, bytes, stats);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** True where no copy was kept, so that there was no file before the first block. */
export const beganWithout = ({ file }: AwsConfigFile): boolean => !existsSync(backupOf(file));

/** Deletes the config, or empties one that is a mount point. Errors: `unwritable-config`. */
export function deleteAwsConfig({ file, target, bytes }: AwsConfigFile): void {
  try {
    rmSync(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw unwritableConfig(file, error);
    writeInPlace(target, Buffer.alloc(0), bytes);
  }
}
