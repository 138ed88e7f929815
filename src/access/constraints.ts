import { assignedSet, type AccessElement } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { pathsOn, type Impact, type Path } from './impact.ts';

/** What the engine takes as a constraint between two steps. */
export interface AccessConstraint {
  step: Address;
  waitsFor: Address;
  purpose: 'keep' | 'exclude';
  about: string | undefined;
}

/**
 * The order that access asks of a plan's steps, from two rules that hold at every moment on the way: nobody who keeps
 * access loses it, and nobody holds what neither the state before nor the one after gives.
 * @param edited the step that changes what a permission set allows, by the set's name.
 * @param renewed sets that are made anew under this name, with another content than before.
 */
export function accessConstraints(
  impacts: readonly Impact[],
  edited: ReadonlyMap<string, Address>,
  renewed: ReadonlySet<string>,
): AccessConstraint[] {
  return impacts.flatMap((impact) => {
    const before = pathsOn('before', impact);
    const after = pathsOn('after', impact);
    const about = impact.isPerson
      ? `${impact.holder}, ${impact.permissionSet} in account ${impact.account}`
      : undefined;
    const edit = edited.get(impact.permissionSet);

    if (before.length > 0 && after.length > 0) {
      // Who comes from a set that this one replaces has never held what it is before its edit.
      const contents = new Set(before.map(contentOf));
      const others = after.filter((path) => !contents.has(contentOf(path)));
      const takenOver = grantedAfter(edit, others, about);
      // A path that stays as it is needs no help. Else one old path waits until one new path is whole.
      const old = before[0];
      if (!old || before.some((path) => after.includes(path))) return takenOver;
      const [ends, begins] = [withStatus('deleted', old), withStatus('created', fewestCreations(after))];
      return [...wait('keep', ends, begins, about), ...takenOver];
    }
    // Half made and half ended: where the whole would be too much, the old half goes before the new one comes.
    const passing = impact.paths
      .filter((path) => withStatus('created', path).length > 0 && withStatus('deleted', path).length > 0)
      .flatMap((path) => wait('exclude', withStatus('created', path), withStatus('deleted', path), about));
    if (edit === undefined) {
      return renewed.has(impact.permissionSet) || (before.length === 0 && after.length === 0) ? passing : [];
    }
    // Gained: the set is edited before it is granted. Lost: it is taken away before it is edited.
    const revoked = before.flatMap((path) => breaking('deleted', path).map(({ step }) => exclude(edit, step, about)));
    return [...passing, ...grantedAfter(edit, after, about), ...revoked];
  });
}

const wait = (
  purpose: AccessConstraint['purpose'],
  steps: AccessElement[],
  waitsFor: AccessElement[],
  about: string | undefined,
): AccessConstraint[] =>
  steps.flatMap(({ step }) => waitsFor.map((other) => ({ step, waitsFor: other.step, purpose, about })));

/** What is granted of an edited set waits for its edit. */
const grantedAfter = (edit: Address | undefined, paths: Path[], about: string | undefined): AccessConstraint[] =>
  edit === undefined
    ? []
    : paths.flatMap((path) => breaking('created', path).map(({ step }) => exclude(step, edit, about)));

const exclude = (step: Address, waitsFor: Address, about: string | undefined): AccessConstraint => ({
  step,
  waitsFor,
  purpose: 'exclude',
  about,
});

/** A path is whole only with all its elements: for one of them to wait, or to be waited for, is enough. */
const breaking = (status: AccessElement['status'], path: Path): AccessElement[] => withStatus(status, path).slice(0, 1);

/** The set that is assigned in fact, whatever it is called after the plan. */
function contentOf({ elements }: Path): string | undefined {
  const grant = elements.find((element) => element.grant)?.grant;
  return grant && assignedSet(grant);
}

const withStatus = (status: AccessElement['status'], path: Path | undefined): AccessElement[] =>
  (path?.elements ?? []).filter((element) => element.status === status);

const fewestCreations = (paths: Path[]): Path | undefined =>
  paths.toSorted((a, b) => withStatus('created', a).length - withStatus('created', b).length)[0];
