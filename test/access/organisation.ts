import type { JudgedFacts } from '../../src/core/access.ts';
import type { Step } from '../../src/core/plan.ts';
import { State, Thing } from '../../src/core/state.ts';
import { judgedFacts } from '../../src/access/judged-facts.ts';
import { kinds } from '../../src/kinds/index.ts';
import { policies } from '../support/policies.ts';

/** One side of a plan as a person would note it down: `ann in ops`, `ops: Admin 1`, `@ann: Read 2`. */
export interface Side {
  /** Managed policies by name, of each permission set. */
  sets: Record<string, readonly string[]>;
  lines: string[];
  disabled?: string[];
}

export const account = (digit: string): string => digit.repeat(12);

/** The facts of a plan that leads from one side to the other. */
export function factsOf(before: Side, after: Side, renamed: Record<string, string> = {}): JudgedFacts {
  const [live, wanted] = [thingsOf(before), thingsOf(after)];
  const has = (list: Thing[], thing: Thing): boolean => list.some(({ address }) => address === thing.address);
  const step = (action: Step['action'], thing: Thing, old?: unknown): Step => ({
    id: thing.address,
    action,
    kind: thing.kind,
    key: thing.address,
    label: thing.address,
    subjects: {},
    changes: action === 'update' ? changesOf(thing.spec, old) : [],
    dependsOn: [],
    normalised: action === 'delete' ? { before: thing.spec } : { after: thing.spec },
    ...(action === 'delete'
      ? { before: thing.spec }
      : { after: thing.spec, ...(old !== undefined && { before: old }) }),
    ...(renamed[thing.address] !== undefined && { replacedBy: renamed[thing.address] }),
  });
  const steps = [
    ...wanted.flatMap((thing) => {
      const old = live.find(({ address }) => address === thing.address);
      if (!old) return [step('create', thing)];
      return JSON.stringify(old.spec) === JSON.stringify(thing.spec) ? [] : [step('update', thing, old.spec)];
    }),
    ...live.filter((thing) => !has(wanted, thing)).map((thing) => step('delete', thing)),
  ];
  // The first account is the management account.
  const placeOf = (id: string) => (id === account('1') ? 'management' : 'member');
  return judgedFacts(new State(live), steps, { policies, placeOf });
}

/** The fields in which two specs differ; of the values nothing here asks. */
function changesOf(spec: unknown, old: unknown): Step['changes'] {
  const was = old as Record<string, unknown>;
  return Object.entries(spec as Record<string, unknown>).flatMap(([field, value]) =>
    JSON.stringify(value) === JSON.stringify(was[field]) ? [] : [{ field, type: 'value', before: null, after: null }],
  );
}

function thingsOf({ sets, lines, disabled = [] }: Side): Thing[] {
  const thing = (kind: string, spec: object): Thing => {
    const known = kinds.find(({ name }) => name === kind);
    if (!known) throw new Error(`unknown kind ${kind}`);
    return new Thing(known, spec);
  };
  return [
    ...disabled.map((userName) => thing('user', { userName, displayName: userName, disabled: true })),
    ...Object.entries(sets).map(([name, policies]) =>
      thing('permission-set', {
        name,
        sessionDuration: 'PT1H',
        managedPolicies: policies.map((policy) => `arn:aws:iam::aws:policy/${policy}`),
        customerManagedPolicies: [],
        provisioned: { stale: [] },
      }),
    ),
    ...lines.map((line) => {
      const [, user, group] = /^(\S+) in (\S+)$/.exec(line) ?? [];
      if (user !== undefined) return thing('membership', { group, user });
      const [, at, principal, permissionSet, digit = ''] = /^(@?)(\S+): (\S+) (\d)$/.exec(line) ?? [];
      const principalType = at === '@' ? 'USER' : 'GROUP';
      return thing('assignment', { principalType, principal, permissionSet, account: account(digit) });
    }),
  ];
}
