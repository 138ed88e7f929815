import { type OptionalRead, optionalReads } from '../../aws/iam/probe.ts';
import { countOf, listOf } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import { ok, type Check } from '../check.ts';

const optional = optionalReads(kinds);

/** Whether the caller may read all that a plan reads. */
export const readRights: Check = {
  of: 'instance',
  name: 'read-rights',
  why: 'A part that cannot be read is never taken for an empty one: with one action denied, no plan can be made.',
  needs: ['rights'],
  look({ rights: { denied, untried }, context: { organization }, file, document }) {
    // A file tells what its plans need; where there is none, somebody may still write any.
    const isIdle = ({ section }: OptionalRead): boolean =>
      file !== undefined && section !== undefined && !Object.hasOwn(document, section);
    const needed = denied.filter(({ action }) => !optional.has(action));
    const needs = denied.flatMap(({ action }) => optional.get(action) ?? []);
    const missed = needs.flatMap((need) => (need.plans === undefined || isIdle(need) ? [] : [need.plans]));
    const idle = needs.flatMap((need) => (need.section !== undefined && isIdle(need) ? [need.section] : []));
    const tried = untried.filter((action) => !optional.has(action));
    const open = tried.length === 0 ? '' : ` There was nothing to try ${listOf(tried)} on.`;
    const isBlind = organization.accounts === undefined;
    const items = [
      ...denied.map(({ action, message }) => `${action}: ${message}`),
      ...(isBlind ? [`organizations:ListAccounts: ${organization.unreadable ?? 'no answer'}`] : []),
    ];
    const next = [{ text: 'Compare the role with the policy that a plan needs:', line: 'idc iam-policy plan' }];
    if (needed.length > 0) {
      return {
        status: 'failed',
        found: `AWS denies ${countOf(needed.length, 'action')} that a plan needs.${open}`,
        items,
        next,
      };
    }
    if (isBlind) {
      return {
        status: 'warning',
        found: `Organizations can't be read: every account has to be given by its id, and suspended ones can't be told from others.${open}`,
        items,
        next,
      };
    }
    if (missed.length > 0) {
      return {
        status: 'warning',
        found: `AWS denies ${countOf(missed.length, 'action')} that some plans need: ${listOf([...new Set(missed)])}.${open}`,
        items,
        next,
      };
    }
    if (idle.length > 0) {
      return {
        status: 'note',
        found: `AWS denies ${countOf(idle.length, 'action')} that no plan of this file needs. Snapshots, imports and files with ${listOf([...new Set(idle)])} do.${open}`,
        items,
        next,
      };
    }
    if (items.length > 0) {
      return {
        status: 'note',
        found: `AWS denies what has a replacement: a plan works, and may take more calls.${open}`,
        items,
        next,
      };
    }
    return ok(`AWS answers every read of a plan.${open}`);
  },
};
