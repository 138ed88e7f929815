import { waysOn, type Hold } from '../../access/ways.ts';
import { existsOn } from '../../access/holdings.ts';
import type { AccessFacts, Grant } from '../../core/access.ts';
import { fold, type Address } from '../../core/address.ts';
import { isOver } from '../../core/expiry.ts';
import { groupBy } from '../../core/group-by.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { isSpecOf } from '../../core/of-kind.ts';
import { applicationAssignment } from '../../kinds/application-assignment/kind.ts';
import { assignment } from '../../kinds/account-assignment/kind.ts';
import { principalKind, principalSections, type Principal } from '../../kinds/shared/principal.ts';
import type { FoundNames } from './check-names.ts';
import type { CompiledFile } from '../../source/compile.ts';

/**
 * A line of the file that may be about more than can be told: something that it names can't be found, and may have another
 * name by now. What it may be about is not removed.
 */
export interface FrozenEntry {
  at: DocumentPath;
  /** True for a live thing that it may ask for, or protect. */
  covers(kind: string, spec: unknown): boolean;
  /** True where it may give a person the same, or protect it, whichever way they have it now. */
  mayGive(what: Reached, user: string, groups: readonly string[]): boolean;
}

/** What a person reaches by assignments of one kind. */
export interface Reached {
  kind: string;
  /** Of an application assignment: its application, where an account assignment has the account. */
  grant: Grant;
}

/**
 * A user, and an account that goes by its id, is gone if it can't be found, and asks for nothing. A group, a unit, a tag, a
 * pattern, and an account or an application that goes by its name may be any.
 */
export function findFrozen(
  file: CompiledFile,
  { isFound }: FoundNames,
  now: Date,
  only: 'expired' | undefined,
): FrozenEntry[] {
  const { document } = file.loaded;
  const hasExpired = ({ expires }: { expires?: string | undefined }): boolean =>
    expires !== undefined && isOver(expires, now);
  // In every other plan, guards judge what is protected.
  return [...inAssignments(), ...inApplicationAssignments(), ...(only ? inProtected() : [])];

  function* inAssignments(): Generator<FrozenEntry> {
    const { accounts, outside } = file;
    for (const [index, entry] of (document.assignments ?? []).entries()) {
      if (hasExpired(entry)) continue;
      const isResolved =
        accounts.isResolved(entry) &&
        !outside.has(entry) &&
        entry.permissionSets.every((name) => isFound('permission-set', name));
      const isOfSets = ofSets(entry.permissionSets);
      const gives = (grant: Grant): boolean => isOfSets(grant) && accounts.mayTake(entry, grant.account);
      for (const { at, holds, reaches } of principalsOf(entry, ['assignments', index], isResolved)) {
        yield {
          at,
          covers: (kind, spec) => isSpecOf(assignment, kind, spec) && holds(spec) && gives(spec),
          mayGive: ({ kind, grant }, user, groups) => kind === assignment.name && gives(grant) && reaches(user, groups),
        };
      }
    }
  }

  function* inApplicationAssignments(): Generator<FrozenEntry> {
    const { lookUps } = file;
    for (const [index, entry] of (document.applicationAssignments ?? []).entries()) {
      if (hasExpired(entry)) continue;
      const isResolved = entry.applications.every((name) => lookUps.find('application', name));
      const gives = (arn: string): boolean =>
        entry.applications.some((name) => lookUps.mayBe('application', name, arn));
      for (const { at, holds, reaches } of principalsOf(entry, ['applicationAssignments', index], isResolved)) {
        yield {
          at,
          covers: (kind, spec) => isSpecOf(applicationAssignment, kind, spec) && holds(spec) && gives(spec.application),
          mayGive: ({ kind, grant }, user, groups) =>
            kind === applicationAssignment.name && gives(grant.account) && reaches(user, groups),
        };
      }
    }
  }

  /** A user who can't be found may be any member of a group, but not one whom an expired line names. */
  function* inProtected(): Generator<FrozenEntry> {
    const { accounts } = file;
    for (const [index, { user, account, permissionSet }] of (document.safety.protected ?? []).entries()) {
      const isUserFound = isFound('user', user);
      if (isUserFound && accounts.isResolved({ accounts: [account] })) continue;
      const isOfSet = ofSets([permissionSet]);
      const protects = (grant: Grant): boolean => isOfSet(grant) && accounts.mayBe(account, grant.account);
      const isThem = sameAs({ principalType: 'USER', principal: user });
      yield {
        at: ['safety', 'protected', index],
        covers: (kind, spec) =>
          !isUserFound && isSpecOf(assignment, kind, spec) && spec.principalType === 'GROUP' && protects(spec),
        mayGive: ({ kind, grant }, one) =>
          kind === assignment.name && protects(grant) && isThem({ principalType: 'USER', principal: one }),
      };
    }
  }

  /** By their names, and by those of before: what is being made anew is live under its old one. */
  function ofSets(names: readonly string[]): (grant: Grant) => boolean {
    const all = names.flatMap((name) => [name, document.permissionSets?.[name]?.previously ?? name]);
    const folded = new Set(all.map(fold));
    return ({ permissionSet }) => folded.has(fold(permissionSet));
  }

  /** Those of an entry for whom it is frozen. */
  function* principalsOf(
    entry: { users?: readonly string[] | undefined; groups?: readonly string[] | undefined },
    path: DocumentPath,
    isResolved: boolean,
  ): Generator<{
    at: DocumentPath;
    holds(one: Principal): boolean;
    reaches(user: string, groups: readonly string[]): boolean;
  }> {
    for (const [section, principalType] of principalSections) {
      for (const [place, principal] of (entry[section] ?? []).entries()) {
        const found = isFound(principalKind({ principalType }), principal);
        if (found && isResolved) continue;
        const isSame = sameAs({ principalType, principal });
        const mayBeAny = !found && principalType === 'GROUP';
        yield {
          at: [...path, section, place],
          holds: (one) => mayBeAny || isSame(one),
          reaches: (user, groups) =>
            mayBeAny
              ? groups.length > 0
              : isSame({ principalType: 'USER', principal: user }) ||
                groups.some((group) => isSame({ principalType: 'GROUP', principal: group })),
        };
      }
    }
  }
}

/** Also under another spelling: that may be who is meant. */
function sameAs({ principalType, principal }: Principal): (one: Principal) => boolean {
  const folded = fold(principal);
  return (one) => one.principalType === principalType && fold(one.principal) === folded;
}

/**
 * The removals that would take access from people to whom a frozen entry may give it in another way: once its names are
 * found again, a plan may have to make that way first.
 * @param touched what the plan touches, by the kind of the assignments
 */
export function heldBack(
  touched: Readonly<Record<string, readonly Hold[]>>,
  { elements }: AccessFacts,
  frozen: readonly FrozenEntry[],
): Map<Address, FrozenEntry> {
  const held = new Map<Address, FrozenEntry>();
  if (frozen.length === 0) return held;
  const memberships = groupBy(elements, (one) => (!one.grant && existsOn('after', one) ? one.user : undefined));
  for (const [kind, ofKind] of Object.entries(touched)) {
    for (const hold of ofKind) {
      if (!hold.isPerson) continue;
      const before = waysOn('before', hold);
      const after = new Set(waysOn('after', hold));
      if (before.some((way) => after.has(way))) continue;
      for (const holder of hold.holders) {
        const groups = (memberships.get(holder) ?? []).map(({ group = '' }) => group);
        for (const account of hold.accounts) {
          const grant = { permissionSet: hold.permissionSet, account };
          const by = frozen.find(({ mayGive }) => mayGive({ kind, grant }, holder, groups));
          if (!by) continue;
          const elements = before.flatMap((way) => [way.assignmentOf(account), way.membershipOf(holder) ?? []].flat());
          for (const { status, step } of elements) if (status === 'deleted') held.set(step, by);
        }
      }
    }
  }
  return held;
}
