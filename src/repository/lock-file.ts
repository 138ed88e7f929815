import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageName as name } from '../core/version.ts';

/** What npm notes of an installed package. */
interface Installed {
  version?: string;
  integrity?: string;
  license?: string;
  bin?: Record<string, string>;
  engines?: Record<string, string>;
}

/**
 * The lock file that installs this very idc: the hash is the one that npm checked when it installed the copy that runs. It
 * names no registry, so each machine's own is asked.
 * @returns undefined where npm did not install this copy from a package with a hash, as in a clone of its sources.
 */
export function lockFileOfOwn(packageFolder: string, version: string): string | undefined {
  const own = readLock(path.join(packageFolder, '..', '.package-lock.json'))?.[`node_modules/${name}`];
  if (own?.integrity === undefined || own.version !== version) return undefined;
  const { integrity, license, bin, engines } = own;
  const packages = {
    '': { name: 'identity-center', devDependencies: { [name]: version } },
    [`node_modules/${name}`]: { version, integrity, dev: true, license, bin, engines },
  };
  const lock = { name: 'identity-center', lockfileVersion: 3, requires: true, packages };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Whether both files of a project install idc by its hash, whatever else they hold. */
export function installsOwn(manifest: string | undefined, lock: string | undefined): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(manifest ?? '') as Record<string, Record<string, string>>;
    const { packages } = JSON.parse(lock ?? '') as { packages?: Record<string, Installed> };
    const isNamed = { ...dependencies, ...devDependencies }[name] !== undefined;
    return isNamed && packages?.[`node_modules/${name}`]?.integrity !== undefined;
  } catch {
    return false;
  }
}

function readLock(file: string): Record<string, Installed> | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { packages?: Record<string, Installed> }).packages;
  } catch {
    return undefined;
  }
}
