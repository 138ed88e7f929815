import type { CommonFlags } from './io.ts';

/** The flags without which a pasted line would run on another Identity Center. */
export const sayAgain = ({ local, region, profile }: CommonFlags): string[] => [
  ...(local ? ['--local'] : []),
  ...(region === undefined ? [] : ['--region', region]),
  ...(profile === undefined ? [] : ['--profile', profile]),
];
