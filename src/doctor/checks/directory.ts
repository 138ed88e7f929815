import { listOf } from '../../core/words.ts';
import { externalSections, externalThings } from '../../kinds/external-things.ts';
import { leaveToProvider } from '../../source/leave-to-provider.ts';
import { ok, type Check } from '../check.ts';

/** Whether the file knows who makes the users and groups. */
export const directory: Check = {
  of: 'instance',
  name: 'directory',
  why: 'What an identity provider synchronises is its own to change: a plan would delete it, and is refused.',
  needs: ['user', 'group', 'document'],
  look({ live, document, file }) {
    const external = externalThings(live);
    const names = external.map(({ address }) => address.replace('/', ' '));
    const brought = [...externalSections(external)];
    const isExternal = document.identityCenter.directory === 'external';
    if (external.length === 0) {
      return ok(`No user or group comes from an identity provider${isExternal ? ' yet' : ''}.`);
    }
    const found = `An identity provider put ${external.length} of the users and groups there (${listOf(names, 3)})`;
    if (isExternal) return ok(`${found}, and the file only refers to them.`);
    if (!file) {
      return {
        status: 'note',
        found: `${found}, so no file can declare them.`,
        next: [{ text: 'Write a file for it:', line: 'idc import' }],
      };
    }
    const sections: Record<string, unknown> = document;
    const written = brought.filter((name) => sections[name] !== undefined);
    return written.length === 0
      ? ok(`${found}, and the file does not manage ${listOf(brought)}.`)
      : {
          status: 'warning',
          found: `${found}, and the file would write them unless it ignores them.`,
          next: [leaveToProvider(document, external)],
        };
  },
};
