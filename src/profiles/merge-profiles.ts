import { ReportedError } from '../core/errors.ts';
import { readAsCli, readHidden, type FoundSection } from './aws-config-sections.ts';
import { decidesCredentials, differences, isSamePortal, sessionsFor } from './same-profile.ts';
import type { BlockOwner } from './managed-block.ts';
import { headerOf, isNamed, type Section } from './section.ts';

export interface MergeNotice {
  code: 'profile-taken' | 'config-unreadable';
  message: string;
}

/** A block that is another's. */
export interface OtherBlock {
  owner: BlockOwner | undefined;
  sections: readonly FoundSection[];
}

/** A wanted section whose name another block has. */
export interface Taken {
  section: Section;
  line: number;
  owner: BlockOwner | undefined;
}

export interface Merged {
  sections: Section[];
  notices: MergeNotice[];
  /** Names that other blocks have. */
  taken: Taken[];
  /**
   * `session-taken`: the session of that name signs in elsewhere, is there twice, or the AWS CLI does not find it. No profile
   * would be right, so nothing may be written.
   */
  refusal?: ReportedError;
}

/**
 * Leaves out every section whose name is outside the block already, by the reading of either SDK: the AWS CLI refuses
 * a file that has a section twice, and clients differ on one that is spelled in two ways. Says so unless what is there means
 * the same.
 * @param outside what others have written.
 */
export function mergeProfiles(
  sections: readonly Section[],
  outside: string,
  others: readonly OtherBlock[] = [],
): Merged {
  const { sections: found, unreadable } = readAsCli(outside);
  const hidden = readHidden(outside);
  const sessions = sessionsFor([...sections.map(asFound), ...found], sections);

  const notices: MergeNotice[] = [];
  const taken: Taken[] = [];
  let refusal: ReportedError | undefined;
  if (unreadable !== undefined) {
    const message = `The AWS CLI can't read this file, with or without the block: ${unreadable}.`;
    notices.push({ code: 'config-unreadable', message });
  }
  const inOthers = (section: Section): Taken | undefined => {
    for (const { owner, sections: theirs } of others) {
      const there = theirs.find((one) => isNamed(one, section));
      if (there) return { section, line: there.line, owner };
    }
    return undefined;
  };
  const free = sections.filter((section) => {
    const other = inOthers(section);
    if (other) taken.push(other);
    const [there, twin] = found.filter((one) => isNamed(one, section));
    const line = (there ?? hidden.find((one) => isNamed(one, section)))?.line;
    if (line === undefined) return !other;
    if (section.kind === 'sso-session') {
      if (!there) refusal = sessionHidden(section, line);
      else if (twin) refusal = sessionTwice(section, [line, twin.line]);
      else if (!isSamePortal(there, section)) refusal = sessionTaken(section, line);
      return false;
    }
    const of = sessions(section).get(there?.keys.get('sso_session') ?? '');
    if (there && !twin && of && differences(there, section, of).length === 0) return false;
    notices.push({ code: 'profile-taken', message: whyTaken(section, line, there, twin) });
    return false;
  });
  return { sections: free, notices, taken, ...(refusal && { refusal }) };
}

function whyTaken(
  section: Section,
  line: number,
  there: FoundSection | undefined,
  twin: FoundSection | undefined,
): string {
  const { sso_role_name: role, sso_account_id: account } = section.keys;
  const grant = `${role} in ${account}`;
  const header = headerOf(section);
  if (!there) {
    return `Line ${line} has the name of ${header} (${grant}) in a form that only the AWS SDK for JavaScript reads, so the block leaves it out, and the AWS CLI has no such profile. Begin that line with ${header}, or delete that section.`;
  }
  if (twin) {
    return `${header} (${grant}) is there twice, in lines ${line} and ${twin.line}, and clients take different ones, so the block leaves it out. Delete both, or one of them.`;
  }
  if (isPlainDefault(there)) {
    return `${header} in line ${line} holds no credentials, so the block leaves out this profile (${grant}). To have it there, add: ${Object.entries(
      section.keys,
    )
      .filter(([key]) => key.startsWith('sso_'))
      .map(([key, value]) => `${key} = ${value}`)
      .join('; ')}. Or delete that section: the next --write makes it.`;
  }
  if (isLegacy(there, section)) {
    return `${header} in line ${line} is a legacy profile for the same (${grant}): it has no sso_session, so its sign-in is not refreshed. Delete that section: the next --write makes it with the session.`;
  }
  return `${header} in line ${line} was written by hand, so the block leaves out this profile (${grant}). Rename that section or delete it, or choose other names with cli.profileName.`;
}

/** As `aws configure` leaves it for region and output. */
export const isPlainDefault = ({ kind, name, keys }: FoundSection): boolean =>
  kind === 'profile' && name === 'default' && ![...keys.keys()].some(decidesCredentials);

/** Of before there were sessions: the portal is in the profile. */
export const isLegacy = ({ keys }: FoundSection, wanted: Section): boolean =>
  keys.has('sso_start_url') &&
  !keys.has('sso_session') &&
  keys.get('sso_account_id') === wanted.keys['sso_account_id'] &&
  keys.get('sso_role_name') === wanted.keys['sso_role_name'];

export const ownerText = (owner: BlockOwner | undefined): string =>
  owner ? `the block of ${owner.user} (${owner.place})` : 'the block that an earlier version of idc wrote';

const asFound = ({ kind, name, keys }: Section): FoundSection => ({
  kind,
  name,
  line: 0,
  keys: new Map(Object.entries(keys)),
  entries: [],
});

const sessionTaken = ({ name }: Section, line: number): ReportedError =>
  new ReportedError(
    'session-taken',
    `[sso-session ${name}] in line ${line} of the AWS config signs in to another portal, and every profile would use it.`,
    'Rename or delete that section, or set cli.sessionName in the identity file. Nothing was changed.',
  );

const sessionTwice = (section: Section, lines: readonly number[]): ReportedError =>
  new ReportedError(
    'session-taken',
    `${headerOf(section)} is in the AWS config twice, in lines ${lines.join(' and ')}, and clients take different ones.`,
    'Delete both, or one of them. Nothing was changed.',
  );

const sessionHidden = (section: Section, line: number): ReportedError =>
  new ReportedError(
    'session-taken',
    `Line ${line} of the AWS config has the name of ${headerOf(section)} in a form that only the AWS SDK for JavaScript reads, and every profile would use it.`,
    `Begin that line with ${headerOf(section)}, or delete that section, or set cli.sessionName in the identity file. Nothing was changed.`,
  );
