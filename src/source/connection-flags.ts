import type { Connection } from './session.ts';

/** The flags without which a pasted line would run on another Identity Center. */
export const connectionFlags = ({
  local,
  region,
  profile,
}: Pick<Connection, 'local' | 'region' | 'profile'>): string[] => [
  ...(local ? ['--local'] : []),
  ...(region === undefined ? [] : ['--region', region]),
  ...(profile === undefined ? [] : ['--profile', profile]),
];
