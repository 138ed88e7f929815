import { ReportedError } from '../core/errors.ts';
import { readAsCli, readHidden, type FoundSection } from './aws-config-sections.ts';
import { differences, isSamePortal, sessionsOf } from './same-profile.ts';
import { headerOf, type Section } from './section.ts';

export interface MergeNotice {
  code: 'profile-taken' | 'config-unreadable';
  message: string;
}

/**
 * Leaves out every section whose name stands outside the block already, by the reading of either SDK: the AWS CLI refuses
 * a file that has a section twice. Says so unless what stands there means the same.
 * Errors: `session-taken` where the session of that name signs in elsewhere, or the AWS CLI does not find it, since then no
 * profile would be right.
 * @param outside what others have written.
 */
export function mergeProfiles(
  sections: readonly Section[],
  outside: string,
): { sections: Section[]; notices: MergeNotice[] } {
  const { sections: found, unreadable } = readAsCli(outside);
  const hidden = new Map(readHidden(outside).map((header) => [idOf(header), header]));
  const known = new Map(found.map((section) => [idOf(section), section]));
  const session = sections.find(({ kind }) => kind === 'sso-session');
  const sessions = session ? sessionsOf([asFound(session), ...found], session) : new Map<string, never>();

  const notices: MergeNotice[] = [];
  if (unreadable !== undefined) {
    const message = `The AWS CLI can't read this file, with or without the block: ${unreadable}.`;
    notices.push({ code: 'config-unreadable', message });
  }
  const free = sections.filter((section) => {
    const there = known.get(idOf(section));
    const line = (there ?? hidden.get(idOf(section)))?.line;
    if (line === undefined) return true;
    if (section.kind === 'sso-session') {
      if (!there) throw sessionHidden(section, line);
      if (!isSamePortal(there, section)) throw sessionTaken(section, line);
      return false;
    }
    const of = sessions.get(there?.keys.get('sso_session') ?? '');
    if (there && of && differences(there, section, of).length === 0) return false;
    const { sso_role_name: role, sso_account_id: account } = section.keys;
    const message = there
      ? `${headerOf(section)} in line ${line} is not part of the idc block, so the block leaves out this profile (${role} in ${account}). Rename that section or delete it, or choose other names with cli.profileName.`
      : `Line ${line} has the name of ${headerOf(section)} (${role} in ${account}) in a form that only the AWS SDK for JavaScript reads, so the block leaves it out, and the AWS CLI has no such profile. Begin that line with ${headerOf(section)}, or delete that section.`;
    notices.push({ code: 'profile-taken', message });
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

const sessionHidden = (section: Section, line: number): ReportedError =>
  new ReportedError(
    'session-taken',
    `Line ${line} of the AWS config has the name of ${headerOf(section)} in a form that only the AWS SDK for JavaScript reads, and every profile would use it.`,
    `Begin that line with ${headerOf(section)}, or delete that section, or set cli.sessionName in the identity file. Nothing was changed.`,
  );
