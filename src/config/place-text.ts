import type { Places } from './load.ts';
import type { DocumentPath } from '../core/kind.ts';

/** `identity.yaml:33`; of a saved plan, whose file is not here, `groups.platform.members[1]`. */
export function placeText(places: Places, path: DocumentPath): string {
  const place = places.of(path);
  if (place) return `${place.file}:${place.line}`;
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`))
    .join('');
}
