import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageName } from '../core/version.ts';

const schema = path.join('schemas', 'identity.schema.json');
const installed = path.join('node_modules', packageName, schema);

/**
 * The path of the identity file's schema as an editor needs it, from the folder of the file: of the idc that is installed in
 * that folder or one above it, or that the file lies in. Undefined where there is none: a path into another place of this
 * machine would be wrong on every other one.
 */
export function schemaPath(folder: string, packageFolder: string): string | undefined {
  const own = path.resolve(packageFolder);
  for (let above = path.resolve(folder); ; above = path.dirname(above)) {
    const place = path.join(above, above === own ? schema : installed);
    if (existsSync(place)) return asRelative(path.relative(path.resolve(folder), place));
    if (above === path.dirname(above)) return undefined;
  }
}

function asRelative(place: string): string {
  const forward = place.replaceAll(path.sep, '/');
  return forward.startsWith('../') ? forward : `./${forward}`;
}
