import { ReportedError } from '../core/errors.ts';
import { readAsCli, readHidden, type FoundSection } from './aws-config-sections.ts';
import { compareConfig, type Comparison, type ConfigNow, type Mend } from './compare.ts';
import { ownerText } from './merge-profiles.ts';
import { planBlock } from './plan-block.ts';
import type { Difference } from './same-profile.ts';
import { headerOf, type Section } from './section.ts';
import { sanitize, sanitizeName } from '../core/sanitize.ts';
import type { Line } from '../render/text/paint.ts';
import type { Environment } from './config-file.ts';
import type { ProfileSource } from './of-user.ts';

/** How a person's AWS config differs from what they may use. */
export interface ConfigCheck {
  /** As the AWS CLI would name it. */
  file: string;
  user: string;
  isCurrent: boolean;
  comparison: Comparison;
}

/** Finds what a person's AWS config lacks, has wrong and has too much. Errors: `config-unreadable` and its like. */
export function checkConfig(env: Environment, user: string, source: ProfileSource, suffix?: string): ConfigCheck {
  const { config, outside, wanted, own, taken } = planBlock(env, user, source, suffix);
  const { file } = config;
  const { unreadable } = readAsCli(config.bytes.toString());
  if (unreadable !== undefined) {
    throw new ReportedError('config-unreadable', `The AWS CLI can't read ${file}: ${unreadable}.`);
  }
  const now: ConfigNow = {
    block: own.ours,
    own,
    outside: [...readAsCli(outside).sections, ...own.foreign],
    hidden: readHidden(outside),
    taken,
  };
  const comparison = compareConfig(wanted, now);
  const isCurrent = Object.values(comparison).every(({ length }) => length === 0);
  return { file, user, isCurrent, comparison };
}

/**
 * The same for a terminal.
 * @param writeLine the command that writes what is missing.
 */
export function checkLines({ file, user, comparison }: ConfigCheck, source: ProfileSource, writeLine: string): Line[] {
  const { missing, stale, twice, taken, hidden, extra } = comparison;
  const grant = (account: string | undefined, permissionSet: string | undefined): string =>
    account === undefined ? '' : ` (${permissionSet} in ${source.names.account(account)})`;
  const wanted = (section: Section): string =>
    sanitize(`${headerOf(section)}${grant(section.keys['sso_account_id'], section.keys['sso_role_name'])}`);
  const found = (section: FoundSection): string =>
    sanitize(`${headerOf(section)}${grant(section.keys.get('sso_account_id'), section.keys.get('sso_role_name'))}`);

  const isWritable =
    missing.length > 0 || stale.some(({ mend }) => mend === 'write') || extra.some(({ isOurs }) => isOurs);
  return [
    { text: `${sanitize(file)} is not what ${sanitizeName(user)} may use:`, tone: 'heading' },
    ...missing.map((section): Line => ({ sign: '+', tone: 'add', indent: 2, text: `${wanted(section)} is missing` })),
    ...stale.map(({ section, differences, mend }): Line => {
      const changes = differences.map(changeText).join('; ');
      const text = sanitize(`${headerOf(section)} in line ${section.line}: ${changes}${mends[mend]}`);
      return { sign: '~', tone: 'change', indent: 2, text };
    }),
    ...twice.map(({ section, lines }): Line => {
      const text = `${wanted(section)} is there twice, in lines ${lines.join(' and ')}, and clients take different ones: delete one`;
      return { sign: '~', tone: 'change', indent: 2, text };
    }),
    ...taken.map(({ section, line, owner }): Line => {
      const text = sanitize(`${headerOf(section)} in line ${line} is in ${ownerText(owner)}`);
      return { sign: '~', tone: 'change', indent: 2, text };
    }),
    ...hidden.map(({ section, line }): Line => {
      const header = sanitize(headerOf(section));
      const text = `${wanted(section)}: line ${line} has that name in a form that only the AWS SDK for JavaScript reads: begin it with ${header}, or delete that section`;
      return { sign: '~', tone: 'change', indent: 2, text };
    }),
    ...extra.map(({ section, isOurs }): Line => {
      const why = isOurs ? 'is of no use any more' : 'was written by hand, and is not granted: delete it';
      return { sign: '-', tone: 'remove', indent: 2, text: `${found(section)} in line ${section.line} ${why}` };
    }),
    ...(isWritable || taken.length > 0
      ? [{ text: `To write them: ${sanitize(writeLine)}${taken.length > 0 ? ' --session NAME' : ''}`, indent: 2 }]
      : []),
  ];
}

const mends: Record<Mend, string> = {
  write: '',
  'add-keys': ' (add them there, or delete that section)',
  legacy: ' (a legacy profile, without a session: delete it, and --write makes the other)',
  'by-hand': ' (written by hand: mend or rename it there)',
  'own-key': ' (not written by idc, so it stays: delete the line if it is not yours)',
};

/** The same as a JSON value. */
export function checkAsJson({ file: config, user, isCurrent: current, comparison }: ConfigCheck): object {
  const { missing, stale, twice, taken, hidden, extra } = comparison;
  const where = ({ kind, name, line }: FoundSection) => ({ kind, name, line });
  return {
    config,
    user,
    current,
    missing: missing.map(({ kind, name, keys }) => ({ kind, name, keys })),
    stale: stale.map(({ section, differences }) => ({ ...where(section), differences })),
    twice: twice.map(({ section: { kind, name }, lines }) => ({ kind, name, lines })),
    taken: taken.map(({ section: { kind, name }, line, owner }) => ({ kind, name, line, owner })),
    hidden: hidden.map(({ section: { kind, name }, line }) => ({ kind, name, line })),
    extra: extra.map(({ section, isOurs }) => ({
      ...where(section),
      accountId: section.keys.get('sso_account_id'),
      permissionSet: section.keys.get('sso_role_name'),
      inBlock: isOurs,
    })),
  };
}

function changeText({ key, is, wanted }: Difference): string {
  if (is === undefined) return `${key} = ${wanted} is missing`;
  return wanted === undefined ? `${key} is ${is} and should not be there` : `${key} is ${is}, not ${wanted}`;
}
