import { packageName } from '../../core/version.ts';
import type { CommittedFiles } from './committed-files.ts';
import type { Finding } from './finding.ts';

const [manifestFile, lockFile] = ['package.json', 'package-lock.json'] as const;

/** What npm installs in the workflows of a commit; nothing where the repository does not install idc by a lock file. */
export async function checkLockFile(files: CommittedFiles): Promise<Finding[]> {
  return judgeLockFile(await files.read(manifestFile), await files.read(lockFile));
}

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

/** Both as text; undefined where there is none. */
export function judgeLockFile(manifest: string | undefined, lock: string | undefined): Finding[] {
  const { devDependencies, dependencies } = membersOf(manifest);
  const asked = membersOf({ ...membersOf(dependencies), ...membersOf(devDependencies) })[packageName];
  const packages = membersOf(membersOf(lock)['packages']) as Record<string, Locked>;
  const place = `node_modules/${packageName}`;
  if (asked === undefined && packages[place] === undefined) return [];
  const faults = lock === undefined ? ['it does not exist'] : [...faultsOf(packages, place)];
  if (typeof asked !== 'string' || !/^(file:.+\.tgz|\d+\.\d+\.\d+(-[\w.]+)?)$/.test(asked)) {
    faults.push(`${manifestFile} asks for no exact version of ${packageName}`);
  }
  const shared = { check: 'lock-file', about: lockFile };
  if (faults.length === 0) {
    const message = `it installs ${packageName} ${packages[place]?.version ?? ''} alone, by its hash`;
    return [{ ...shared, verdict: 'right', message }];
  }
  const fix = `npm install --save-dev --save-exact --ignore-scripts ${packageName}`;
  return [{ ...shared, verdict: 'weaker', message: faults.join('; '), fix }];
}

function* faultsOf(packages: Readonly<Record<string, Locked>>, place: string): Generator<string> {
  const locked = packages[place];
  if (locked === undefined) {
    yield `it does not have ${packageName}`;
    return;
  }
  const others = Object.keys(packages).filter((path) => path !== '' && path !== place);
  if (others.length > 0)
    yield `it also installs ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' and others' : ''}`;
  if (locked.link) yield `${packageName} is a link to a folder`;
  else if (!locked.integrity?.startsWith('sha512-')) yield `${packageName} has no sha512 hash`;
  if (locked.resolved !== undefined && !/^(https:\/\/|file:)/.test(locked.resolved)) {
    yield `${packageName} is not from a registry: ${locked.resolved}`;
  }
}

/** Of an object, or of a text that is one in JSON; none of anything else. */
function membersOf(value: unknown): Record<string, unknown> {
  let whole = value;
  if (typeof value === 'string') {
    try {
      whole = JSON.parse(value);
    } catch {
      return {};
    }
  }
  return typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>) : {};
}
