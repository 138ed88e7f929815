import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installsOwn, lockFileOfOwn } from '../../../repository/lock-file.ts';
import { readTemplates, type Answers } from '../../../repository/templates.ts';
import { writeFromTemplate } from '../../../repository/version-line.ts';
import type { Io } from '../../io.ts';

/** The lock file for this idc: of the copy that runs, else of npm's registry. Undefined where neither gives a hash. */
export async function makeLockFile(io: Io, answers: Partial<Answers>): Promise<string | undefined> {
  return lockFileOfOwn(io.packageFolder, answers.version ?? '') ?? (await askNpm(io, answers));
}

async function askNpm(io: Io, answers: Partial<Answers>): Promise<string | undefined> {
  const template = readTemplates(io.packageFolder).find(({ path: file }) => file === 'package.json');
  const manifest = template && writeFromTemplate(template.text, answers);
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-init-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), manifest ?? '');
    if (!(await io.runNpm(['install', '--package-lock-only', '--ignore-scripts'], folder))) return undefined;
    const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
    return installsOwn(manifest, lock) ? lock : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
