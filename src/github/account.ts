/** An account of GitHub, of a person or of an app. */
export interface Account {
  id: number;
  login: string;
  type: string;
}

export type Person = Account & { type: 'User' };

/** Which GitHub gives, where it does not give null, for every account that was deleted. */
type Ghost = Account & { login: 'ghost' };

/** An account of GitHub itself, which it calls a user. The id is github.com's; GitHub Enterprise Server has its own. */
const isAccount = (account: Account, login: string, id: number): boolean =>
  account.login === login || account.id === id;

/** Which commits for everyone who works in the browser. */
const isWebFlow = (account: Account): boolean => isAccount(account, 'web-flow', 19_864_447);
const isGhost = (account: Account): account is Ghost => isAccount(account, 'ghost', 10_137);

/** Whether the account was deleted, so that GitHub does not say whose it was. */
export const isDeleted = (account: Account | null): account is null | Ghost => account === null || isGhost(account);

/**
 * Whether one person answers for what the account does. An app acts for everyone who can start it: anyone who can write to
 * the repository can run a workflow that pushes and opens pull requests as github-actions[bot].
 */
export const isPerson = (account: Account | null): account is Person =>
  account?.type === 'User' && !isWebFlow(account) && !isGhost(account);

/** What a job is to GitHub whose token is its own. */
export const isActions = (account: Account | null): account is Account =>
  account?.type === 'Bot' && account.login === 'github-actions[bot]';

export const loginOf = (account: Account | null): string =>
  isDeleted(account) ? 'an account that is gone' : account.login;
