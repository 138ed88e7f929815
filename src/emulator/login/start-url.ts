import { isLoopback } from './loopback.ts';
import type { World } from '../core/world.ts';
import type { WebRequest } from './http.ts';

/**
 * Whether a start URL is one of this Identity Center: the emulator's own page, or what AWS calls the portal of such an
 * identity store. An alias in its place is given in the console alone, so none is known here, and any may be its own.
 */
export function isOwnStartUrl(text: string, { instance }: World, request: WebRequest): boolean {
  // As the portal itself shows it, it ends in `/#`.
  const bare = text.replace(/[/#]+$/, '');
  if (!URL.canParse(bare)) return false;
  const { protocol, host, port, pathname } = new URL(bare);
  if (protocol === 'http:' && pathname === '/start') {
    return host === request.header('host') || (isLoopback(host) && port === new URL(request.localOrigin).port);
  }
  const name = awsPortals.map((portal) => portal.exec(bare)?.[1]).find((found) => found !== undefined);
  return name !== undefined && (name === instance.IdentityStoreId || !/^d-[0-9a-f]{10}$/.test(name));
}

/** Of the partitions aws, aws-us-gov and aws-cn (AWS Sign-In User Guide, and the guides of the two other partitions). */
const awsPortals = [
  /^https:\/\/([\w-]+)\.awsapps\.com\/start$/,
  /^https:\/\/start\.us-gov-home\.awsapps\.com\/directory\/([\w-]+)$/,
  /^https:\/\/start\.home\.awsapps\.cn\/directory\/([\w-]+)$/,
];
