import { hexId } from '../../core/ids.ts';

export function organizationId(seed: string): string {
  return `o-${hexId(`organization ${seed}`, 10)}`;
}

export function rootId(seed: string): string {
  return `r-${hexId(`root ${seed}`, 4)}`;
}
