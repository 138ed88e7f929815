import type { Names } from '../../core/kind.ts';
import { countOf } from '../../core/words.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { minify, type PolicyDocument } from '../../kinds/shared/policy/document.ts';
import { accountText, assignmentsIn, setsIn, usersIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** One limit, and how much of it is used where it is used most. */
interface Use {
  what: string;
  used: number;
  limit: number;
  /** AWS raises it on request. */
  canGrow: boolean;
}

/** Of a limit. */
const near = 0.8;

/**
 * The limits of the user guide's page "Quotas and limits in IAM Identity Center", as they are for an account for which none
 * has been raised; for policies of a role, IAM's own.
 */
export const quotas: Check = {
  of: 'instance',
  name: 'quotas',
  why: 'At a limit AWS refuses what goes beyond it, and some limits can only be raised by asking, which takes days.',
  needs: ['user', 'group', 'permission-set', 'assignment'],
  look({ live, names, context: { organization } }) {
    const uses = usesOf(live, names, organization.accounts?.size ?? 0);
    const close = uses
      .filter(({ used, limit }) => used >= near * limit)
      .sort((a, b) => b.used / b.limit - a.used / a.limit);
    if (close.length === 0) return ok(`${countOf(uses.length, 'limit')} compared, none of them ${near * 100} % used.`);
    const canGrow = close.some((use) => use.canGrow);
    return {
      status: 'warning',
      found: `${countOf(close.length, 'limit')} ${close.length === 1 ? 'is' : 'are'} at least ${near * 100} % used, unless AWS has raised ${close.length === 1 ? 'it' : 'them'} for you.`,
      items: close.map(
        ({ what, used, limit, ...use }) =>
          `${what}: ${number(used)} of ${number(limit)} (${Math.floor((100 * used) / limit)} %${use.canGrow ? '' : ', cannot be raised'})`,
      ),
      next: [
        ...(canGrow ? [{ text: 'Ask AWS for more in time (console: Service Quotas).' }] : []),
        { text: 'Make do with less: fewer policies in a permission set, or fewer permission sets in an account.' },
      ],
    };
  },
};

function usesOf(live: LiveState, names: Names, accounts: number): Use[] {
  const sets = setsIn(live);
  const inAccounts = new Map<string, number>();
  for (const set of sets) {
    for (const account of set.accounts ?? []) inAccounts.set(account, (inAccounts.get(account) ?? 0) + 1);
  }
  const groups = new Map<string, number>();
  for (const { principalType, orphanId, permissionSet, account } of assignmentsIn(live)) {
    if (principalType !== 'GROUP' || orphanId !== undefined) continue;
    const key = `${permissionSet} in ${accountText(account, names)}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [
    { what: 'permission sets of the instance', used: sets.length, limit: 3500, canGrow: true },
    { what: 'users', used: usersIn(live).length, limit: 200_000, canGrow: true },
    { what: 'groups', used: live.of('group').length, limit: 100_000, canGrow: true },
    { what: 'accounts', used: accounts, limit: 7000, canGrow: true },
    ...[...inAccounts].map(([account, used]) => ({
      what: `permission sets in ${accountText(account, names)}`,
      used,
      limit: 500,
      canGrow: true,
    })),
    ...[...groups].map(([where, used]) => ({ what: `groups assigned ${where}`, used, limit: 100, canGrow: false })),
    ...sets.flatMap(({ name, managedPolicies, customerManagedPolicies, inlinePolicy, tags }) => {
      const policies = managedPolicies.length + customerManagedPolicies.length;
      return [
        { what: `managed policies of ${name}`, used: policies, limit: 25, canGrow: false },
        { what: `managed policies of the roles of ${name} (IAM)`, used: policies, limit: 10, canGrow: true },
        ...(inlinePolicy === undefined ? [] : inlineUses(name, inlinePolicy)),
        { what: `tags of ${name}`, used: Object.keys(tags).length, limit: 75, canGrow: false },
      ];
    }),
  ];
}

function inlineUses(name: string, document: PolicyDocument): Use[] {
  const text = minify(document);
  const solid = Buffer.byteLength(text.replaceAll(/\s/g, ''));
  return [
    { what: `bytes of the inline policy of ${name}`, used: Buffer.byteLength(text), limit: 32_768, canGrow: false },
    { what: `bytes besides white space of the inline policy of ${name}`, used: solid, limit: 10_240, canGrow: false },
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');
