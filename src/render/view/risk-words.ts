import type { AccessRisk } from '../../core/access.ts';
import { peopleCount } from '../../core/words.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

/** The accounts that one risk spells out; the management account always is one of them. */
const accountsInLine = 5;
const powersInLine = 10;

export interface RiskWords {
  managementAccount: string;
  nameOf: (account: string) => string;
}

/** `Admin is newly granted in production to 2 people. It gives full or self-escalating access (…).` */
export function riskSentence({ code, permissionSet, powers, reach }: AccessRisk, words: RiskWords): string {
  const set = sanitize(permissionSet);
  const people = new Set(reach.flatMap(({ users }) => users)).size;
  const where = listAccounts(
    reach.map(({ account }) => account),
    words,
  );
  const what = listOf(powers.map(sanitize), powersInLine);
  if (code === 'powerful-edit') {
    const hold = people === 1 ? 'already holds' : 'already hold';
    return `${set} gets ${what}, which gives full or self-escalating access. ${peopleCount(people)} ${hold} it, in ${where}.`;
  }
  return people === 0
    ? `${set} is newly granted in ${where} to a group. No one gains it now, but anyone who joins the group gets full or self-escalating access (${what}).`
    : `${set} is newly granted in ${where} to ${peopleCount(people)}. It gives full or self-escalating access (${what}).`;
}

function listAccounts(accounts: readonly string[], { managementAccount, nameOf }: RiskWords): string {
  const others = accounts.filter((id) => id !== managementAccount).map(nameOf);
  const first = accounts.includes(managementAccount) ? [mainAccount(nameOf(managementAccount))] : [];
  return listOf([...first, ...others.sort()], accountsInLine, 'more accounts');
}

const mainAccount = (name: string): string =>
  name === 'management' ? 'the management account' : `the management account ${name}`;
