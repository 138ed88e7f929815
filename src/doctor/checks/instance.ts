import { kinds } from '../../kinds/index.ts';
import type { Check } from '../check.ts';
import { ok } from '../check.ts';

/** Which instance there is, of which kind, and whether it is ready. */
export const instance: Check = {
  of: 'anything',
  name: 'instance',
  why: 'Everything else needs one organization instance that is active.',
  needs: [],
  look({ connection: { problem, search, primary, context, region, permissionSetsOff }, unread, document, file }) {
    if (problem) {
      return {
        status: 'failed',
        found: `${problem.message} (${problem.code})`,
        // Which region it is, the next check says.
        next: problem.hint === undefined || search || primary !== undefined ? [] : [{ text: problem.hint }],
      };
    }
    const { instance } = context ?? {};
    if (!instance) return { status: 'failed', found: `No instance was found in ${region ?? 'any region'}.` };
    if (permissionSetsOff) {
      const { error, unread: missed } = permissionSetsOff;
      const sections: Record<string, unknown> = document;
      const isMissed = kinds.some(({ name, section }) => missed.has(name) && Object.hasOwn(sections, section.name));
      return {
        // A file of users, groups and applications needs none.
        status: file && error.isOfOrganization && !isMissed ? 'note' : 'failed',
        found: error.message,
        next: [{ text: error.advice, line: error.command }],
      };
    }
    // Where Organizations can't be asked, only this tells an account instance from the organization's.
    if (unread.get('permission-set')?.startsWith('ValidationException')) {
      return {
        status: 'failed',
        found: `${instance.arn} in ${instance.region} knows no permission sets, so it looks like an account instance of ${instance.ownerAccountId}.`,
        next: [
          { text: 'Run this from the management account, or from the delegated administrator of Identity Center.' },
        ],
      };
    }
    return ok(
      `${instance.arn} in ${instance.region}, the organization instance of ${instance.ownerAccountId}, is active.`,
    );
  },
};
