/** An account of GitHub, of a person or of an app. */
export interface Account {
  id: number;
  login: string;
  type: string;
}

export type Person = Account & { type: 'User' };

/**
 * Whether one person answers for what the account does. An app acts for everyone who can start it: anyone who can write to
 * the repository can run a workflow that pushes and opens pull requests as github-actions[bot]. And `web-flow` is GitHub
 * itself, which commits for everyone who works in the browser.
 */
export const isPerson = (account: Account | null): account is Person =>
  account?.type === 'User' && account.login !== 'web-flow';

export const loginOf = (account: Account | null): string => account?.login ?? 'an account that is gone';
