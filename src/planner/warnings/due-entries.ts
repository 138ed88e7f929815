import { dueEntries } from '../../access/entry-rules.ts';
import type { JudgedFacts } from '../../core/access.ts';
import type { Warning } from '../../core/plan.ts';
import { listOf, nounCount } from '../../core/words.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { planEntryRules } from '../guards/entry-rules.ts';
import type { RuleNames } from '../names/rule-names.ts';

/** Entries whose access is live and that a rule would refuse if it were new: they are due, and stop no plan. */
export function dueWarnings(file: CompiledFile, ruleNames: RuleNames, facts: JudgedFacts, now: Date): Warning[] {
  const ruled = planEntryRules({ file, ruleNames, facts, now });
  const due = ruled ? dueEntries(ruled) : [];
  if (due.length === 0) return [];
  const said = due.map(({ entry, faults }) => {
    const lacks = faults.map((fault) => `${fault.lacks} (${fault.rule.place})`);
    return `the one at ${entry.place} ${listOf(lacks)}`;
  });
  const message = `${nounCount(due.length, ['entry is', 'entries are'])} not as the rules ask: ${listOf(said, 3)}. idc review lists them by owner.`;
  return [{ code: 'entries-due', message }];
}
