import { dueEntries } from '../access/entry-rules.ts';
import { judgedFacts, type Judging } from '../access/judged-facts.ts';
import type { AccessSide } from '../access/side.ts';
import { stableJson } from '../core/stable-json.ts';
import type { DocumentPath } from '../core/kind.ts';
import type { ReviewItem, ReviewPage } from '../core/review.ts';
import { createHeldLookUp } from './held.ts';
import { ownersOf } from './owners.ts';
import type { SinceLookUp } from '../history/since.ts';
import { entryRules } from '../planner/guards/entry-rules.ts';
import { grantingEntries, type GrantingEntry } from '../access/granting-entries.ts';
import { createRuleNames } from '../planner/names/rule-names.ts';

interface Input {
  side: AccessSide;
  /** The same as the side has it. */
  file: NonNullable<AccessSide['file']>;
  policies: Judging['policies'];
  now: Date;
  /** Absent where no history was read. */
  sinceOf?: SinceLookUp | undefined;
}

/** What each owner is asked about. */
export interface ReviewPages {
  /** By the owner's name, what nobody is named for last; of each page what is due first. */
  pages: ReviewPage[];
  /** Where each item of the pages is in the document, and whether it lacks a review by the rules; of several owners it is one. */
  entries: ReadonlyMap<ReviewItem, ReviewEntry>;
}

export interface ReviewEntry {
  path: DocumentPath;
  lacksReview: boolean;
}

/** What each owner is asked about: every entry that grants something to somebody, by whose it is. Pure. */
export function reviewPages({ side, file: { loaded, desired }, policies, now, sinceOf }: Input): ReviewPages {
  const { state, judging, accounts } = side;
  const file = { loaded, desired, accounts };
  const { document, places } = loaded;
  const facts = judgedFacts(state, [], { ...judging, policies });
  const due = new Map<string, string[]>();
  const unreviewed = new Set<string>();
  const rules = entryRules({ file, ruleNames: createRuleNames(file, state), facts, now });
  for (const { entry, faults } of dueEntries(rules)) {
    const key = stableJson(entry.path);
    due.set(
      key,
      faults.map(({ lacks }) => lacks),
    );
    if (faults.some(({ rule }) => rule.code === 'review-due')) unreviewed.add(key);
  }
  const heldBy = createHeldLookUp(desired, document, facts, sinceOf);
  const pages = new Map<string | null, ReviewItem[]>();
  const entries = new Map<ReviewItem, ReviewEntry>();
  for (const entry of grantingEntries(document)) {
    const { path, until, justification, what } = entry;
    const place = places.of(path);
    const owners = ownersOf(document, entry, accounts.idsOf);
    const item: ReviewItem = {
      what: what(),
      ...(place && { place }),
      ...definedOf(justification),
      ...(until !== undefined && { until }),
      ...heldBy(entry),
      owners,
      due: due.get(stableJson(path)) ?? [],
    };
    entries.set(item, { path, lacksReview: unreviewed.has(stableJson(path)) });
    for (const owner of owners.length === 0 ? [null] : owners) {
      const page = pages.get(owner);
      if (page) page.push(item);
      else pages.set(owner, [item]);
    }
  }
  const sorted = [...pages]
    .map(([owner, items]) => ({ owner, items: items.toSorted((a, b) => b.due.length - a.due.length) }))
    .sort((a, b) => (a.owner === null ? 1 : b.owner === null ? -1 : a.owner < b.owner ? -1 : 1));
  return { pages: sorted, entries };
}

const definedOf = ({
  reason,
  ticket,
  reviewed,
}: GrantingEntry['justification']): Pick<ReviewItem, 'reason' | 'ticket' | 'reviewed'> => ({
  ...(reason !== undefined && { reason }),
  ...(ticket !== undefined && { ticket }),
  ...(reviewed !== undefined && { reviewed }),
});
