import type { AccessRisk, HeldImpact } from '../../core/access.ts';
import { blocksOf, countPeople } from '../../core/reach.ts';
import { peopleCount } from '../../core/words.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { powersList } from './edit-words.ts';
import { listOf } from './wording.ts';

/** The accounts that one risk spells out; the management account always is one of them. */
const accountsInLine = 5;
const groupsInLine = 2;

export interface RiskWords {
  /** The lists that the risk refers to. */
  people: HeldImpact['people'];
  managementAccount: string;
  nameOf: (account: string) => string;
}

/** `Admin is newly granted in production to 2 people. It gives full or self-escalating access (…).` */
export function riskSentence(risk: AccessRisk, { people: lists, ...words }: RiskWords): string {
  const { code, permissionSet, powers, accounts, reach } = risk;
  const set = sanitize(permissionSet);
  const people = countPeople(blocksOf(lists, reach));
  const where = listAccounts(accounts, words);
  const what = powersList(powers);
  if (code === 'powerful-edit') {
    const hold = people === 1 ? 'already holds' : 'already hold';
    return `${set} newly allows ${what}: full or self-escalating access. ${peopleCount(people)} ${hold} it, in ${where}.`;
  }
  if (code === 'powerful-adoption') {
    const hold = people === 0 ? 'No one holds it yet' : people === 1 ? '1 person holds it' : `${people} people hold it`;
    return `${set} is live already in ${where}, and newly in the file. It gives full or self-escalating access (${what}). ${hold}.`;
  }
  if (people > 0) {
    return `${set} is newly granted in ${where} to ${peopleCount(people)}. It gives full or self-escalating access (${what}).`;
  }
  if (risk.groups) {
    const list = listOf(risk.groups.map(sanitizeName), groupsInLine, 'more');
    const [named, joined] =
      risk.groups.length === 1 ? [`group ${list}`, 'the group'] : [`groups ${list}`, 'one of them'];
    return `${set} is newly granted in ${where} to ${named}. No one gains it now, but anyone who joins ${joined} gets full or self-escalating access (${what}).`;
  }
  return `${set} is newly granted in ${where} to people who hold it already in another way. No one gains it now, but they keep full or self-escalating access (${what}) if they lose that other way.`;
}

function listAccounts(accounts: readonly string[], { managementAccount, nameOf }: Omit<RiskWords, 'people'>): string {
  const others = accounts.filter((id) => id !== managementAccount).map(nameOf);
  const first = accounts.includes(managementAccount) ? [mainAccount(nameOf(managementAccount))] : [];
  return listOf([...first, ...others.sort()], accountsInLine, 'more accounts');
}

const mainAccount = (name: string): string =>
  name === 'management' ? 'the management account' : `the management account ${name}`;
