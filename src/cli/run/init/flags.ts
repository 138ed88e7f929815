import type { CommonFlags } from '../../io.ts';

export interface InitFlags extends CommonFlags {
  yes?: boolean;
  dryRun?: boolean;
  minimal?: boolean;
  owner?: string;
  account?: string;
  rolePrefix: string;
  branch?: string;
  ci: 'github' | 'none';
  history?: 'on' | 'off';
  upgrade?: boolean;
}
