import type { Selection } from '../accounts/select.ts';
import { isOver } from '../core/expiry.ts';
import { addTo } from '../core/group-by.ts';
import type { Step } from '../core/plan.ts';
import { stableJson } from '../core/stable-json.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { CompiledFile } from '../source/compile.ts';
import { grantingEntries } from '../access/granting-entries.ts';

/**
 * Tells the removals of what an entry still asks for, by a unit, a tag, a pattern or all, and only does not take because the
 * account is suspended or being closed. Nothing has to be done about one: the account comes back, or goes with all that is in it.
 */
export function findWaiting({ loaded: { document }, accounts }: CompiledFile, now: Date): (step: Step) => boolean {
  const sections = new Map<string, unknown>(Object.entries(document));
  const expired = new Set(
    grantingEntries(document).flatMap(({ path, until }) =>
      until !== undefined && isOver(until, now) ? [stableJson(path)] : [],
    ),
  );
  const byFamily = new Map<string, Selection[]>();
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  for (const { name, section, families } of byName.values()) {
    const entries = sections.get(section.name);
    if (entries === undefined || !families) continue;
    for (const { family, target, at } of families.inSection(entries)) {
      const selection = accounts.selections.get(target);
      if (selection && !expired.has(stableJson(at))) addTo(byFamily, `${name} ${family}`, selection);
    }
  }
  return ({ action, kind: name, before }) => {
    const kind = byName.get(name);
    if (action !== 'delete' || !kind?.families) return false;
    const { account } = kind.subjects(before);
    const selections = byFamily.get(`${name} ${kind.families.of(before)}`) ?? [];
    return selections.some(({ inactive }) => inactive.some(({ id }) => id === account));
  };
}
