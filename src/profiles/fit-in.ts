import { ReportedError } from '../core/errors.ts';
import { readAsCli, readHeadersAsSdk, type FoundSection } from './aws-config-sections.ts';
import { differences, isSamePortal, sessionsOf } from './same-profile.ts';
import { headerOf, type Section } from './section.ts';

export interface FitNotice {
  code: 'profile-taken' | 'config-unreadable';
  message: string;
}

/**
 * Leaves out every section whose name stands outside the block already, by the reading of either SDK: the AWS CLI refuses
 * a file that has a section twice. Says so unless what stands there means the same.
 * Errors: `session-taken` where the session of that name signs in elsewhere, since then no profile would be right.
 * @param outside what others have written.
 */
export function fitIn(sections: readonly Section[], outside: string): { sections: Section[]; notices: FitNotice[] } {
  const { sections: found, unreadable } = readAsCli(outside);
  const lines = new Map<string, number>();
  for (const { line, ...one } of [...readHeadersAsSdk(outside), ...found]) lines.set(idOf(one), line);
  const known = new Map(found.map((section) => [idOf(section), section]));
  const session = sections.find(({ kind }) => kind === 'sso-session');
  const sessions = session ? sessionsOf([...found, asFound(session)], session) : new Set<string>();

  const notices: FitNotice[] = [];
  if (unreadable !== undefined) {
    const message = `The AWS CLI can't read this file, with or without the block: ${unreadable}.`;
    notices.push({ code: 'config-unreadable', message });
  }
  const free = sections.filter((section) => {
    const line = lines.get(idOf(section));
    if (line === undefined) return true;
    const there = known.get(idOf(section));
    if (section.kind === 'sso-session') {
      if (!there || !isSamePortal(there, section)) throw sessionTaken(section, line);
      return false;
    }
    const isSame =
      there && sessions.has(there.keys.get('sso_session') ?? '') && differences(there, section).length === 0;
    if (!isSame) {
      const { sso_role_name: role, sso_account_id: account } = section.keys;
      const message = `${headerOf(section)} in line ${line} is somebody else's, so the block leaves out this profile (${role} in ${account}). Rename that section or delete it, or choose other names with cli.profileName.`;
      notices.push({ code: 'profile-taken', message });
    }
    return false;
  });
  return { sections: free, notices };
}

const idOf = ({ kind, name }: Pick<Section, 'kind' | 'name'>): string => `${kind} ${name}`;

const asFound = ({ kind, name, keys }: Section): FoundSection => ({
  kind,
  name,
  line: 0,
  keys: new Map(Object.entries(keys)),
});

const sessionTaken = ({ name }: Section, line: number): ReportedError =>
  new ReportedError(
    'session-taken',
    `[sso-session ${name}] in line ${line} of the AWS config signs in to another portal, and every profile would use it.`,
    'Rename or delete that section, or set cli.sessionName in the identity file. Nothing was changed.',
  );
