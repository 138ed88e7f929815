import { listOf } from '../../core/words.ts';
import { externalThings } from '../../kinds/external-things.ts';
import { ok, type Check } from '../check.ts';

/** Whether the file knows who makes the users and groups. */
export const directory: Check = {
  of: 'instance',
  name: 'directory',
  why: 'What an identity provider synchronises is its own to change: a plan would delete it, and is refused.',
  needs: ['user', 'group', 'document'],
  look({ live, document, file }) {
    const external = externalThings(live).map(({ address }) => address.replace('/', ' '));
    const isExternal = document.identityCenter.directory === 'external';
    if (external.length === 0) {
      return ok(`No user or group comes from an identity provider${isExternal ? ' yet' : ''}.`);
    }
    const found = `An identity provider put ${external.length} of the users and groups there (${listOf(external, 3)})`;
    if (isExternal) return ok(`${found}, and the file only refers to them.`);
    if (!file) return { status: 'note', found: `${found}: a file for it says so.`, next: sayExternal };
    const { users, groups } = document;
    return users === undefined && groups === undefined
      ? ok(`${found}, and the file manages neither users nor groups.`)
      : {
          status: 'warning',
          found: `${found}, and the file would write them unless it ignores them.`,
          next: sayExternal,
        };
  },
};

const sayExternal = [{ text: 'Write this into the file, under identityCenter:', line: 'directory: external' }];
