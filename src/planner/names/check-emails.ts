import { stepsOf, thingsOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import type { Constraint } from '../../core/kind.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { user, type UserSpec } from '../../kinds/user/kind.ts';
import { emailKey } from '../../kinds/user/schema.ts';
import { refuseUnresolved, type Problem } from '../../config/problems.ts';
import type { CompiledFile } from '../../source/compile.ts';

/**
 * The service takes an e-mail address for one user only: a step that gives it to a second one would fail in the middle of
 * an apply. Within the file the loader has seen to it. Errors: a `ConfigError` with every user who would get an address that
 * another one keeps, or that another one frees only in exchange.
 * @param givenUp what the order of the steps could not keep.
 */
export function checkEmails(
  { loaded: { places } }: CompiledFile,
  live: LiveState,
  steps: readonly Step[],
  givenUp: readonly Constraint[],
): void {
  const users = stepsOf(user, steps);
  const changes = new Map(users.map((step) => [step.id, step]));
  const owners = new Map<string, string>();
  for (const { address, spec } of thingsOf(user, live)) {
    const { userName, email } = spec;
    const change = changes.get(address);
    if (email !== undefined && (!change || keyIn(change.after) === emailKey(email)))
      owners.set(emailKey(email), userName);
  }
  const problems = users.flatMap(({ before, after }): Problem[] => {
    const key = keyIn(after);
    if (after === undefined || key === undefined || key === keyIn(before)) return [];
    const { userName, email } = after;
    const owner = owners.get(key);
    if (owner === undefined) return [];
    const message = `"${userName}" would get the e-mail address "${email}", which "${owner}" has and keeps. Identity Center accepts each address once, ignoring case. Give "${userName}" another address; if the two are one person, rename with previously: ${JSON.stringify(owner)}.`;
    return [{ code: 'duplicate-email', message, at: ['users', userName, 'email'] }];
  });
  for (const { step, purpose, about } of givenUp) {
    const after = purpose === 'free' ? changes.get(step)?.after : undefined;
    if (after === undefined) continue;
    const { userName } = after;
    const message = `"${userName}" would get the e-mail address "${about}" in exchange with other users, but Identity Center accepts each address once at any time. Give one of them another address first, in a separate apply.`;
    problems.push({ code: 'email-exchange', message, at: ['users', userName, 'email'] });
  }
  refuseUnresolved(problems, places);
}

const keyIn = (spec: UserSpec | undefined): string | undefined =>
  spec?.email === undefined ? undefined : emailKey(spec.email);
