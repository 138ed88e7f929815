import { dueEntries } from '../access/entry-rules.ts';
import { existsOn } from '../access/holdings.ts';
import { judgedFacts, type Judging } from '../access/judged-facts.ts';
import type { AccessSide } from '../access/side.ts';
import { addTo } from '../core/group-by.ts';
import type { AccessElement } from '../core/access.ts';
import { stableJson } from '../core/stable-json.ts';
import type { DocumentPath } from '../core/kind.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { ReviewItem, ReviewPage } from '../core/review.ts';
import { ownersOf } from './owners.ts';
import { entryRules } from '../planner/guards/entry-rules.ts';
import { createEntryLookUp, grantingEntries, type GrantingEntry } from '../access/granting-entries.ts';
import { createRuleNames } from '../planner/names/rule-names.ts';
import type { CompiledFile } from '../source/compile.ts';

interface Input {
  side: AccessSide;
  /** The same as the side has it. */
  file: NonNullable<AccessSide['file']>;
  policies: Judging['policies'];
  now: Date;
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
export function reviewPages({ side, file: { loaded, desired }, policies, now }: Input): ReviewPages {
  const { state, judging, accounts } = side;
  const file = { loaded, desired, accounts };
  const { document, places } = loaded;
  const facts = judgedFacts(state, [], { ...judging, policies });
  const due = new Map<string, string[]>();
  const unreviewed = new Set<string>();
  for (const { rule, entry, lacks } of dueEntries(
    entryRules({ file, ruleNames: createRuleNames(file, state), facts, now }),
  )) {
    addTo(due, stableJson(entry.path), lacks);
    if (rule.code === 'review-due') unreviewed.add(stableJson(entry.path));
  }
  const holdersOf = createHolderLookUp(desired, document, facts.elements);
  const pages = new Map<string | null, ReviewItem[]>();
  const entries = new Map<ReviewItem, ReviewEntry>();
  for (const entry of grantingEntries(document)) {
    const { path, until, justification, what } = entry;
    const place = places.of(path);
    const item = {
      what: what(),
      ...(place && { place }),
      ...definedOf(justification),
      ...(until !== undefined && { until }),
      holders: holdersOf(entry),
      due: due.get(stableJson(path)) ?? [],
    };
    entries.set(item, { path, lacksReview: unreviewed.has(stableJson(path)) });
    const owners = ownersOf(document, entry, accounts.idsOf);
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

/** Who has by an entry what it grants, as far as it is live. */
function createHolderLookUp(
  desired: CompiledFile['desired'],
  document: IdentityDocument,
  elements: readonly AccessElement[],
): (entry: GrantingEntry) => string[] {
  const entryAt = createEntryLookUp(document);
  const byEntry = new Map<string, Set<string>>();
  const members = new Map<string, string[]>();
  for (const element of elements) {
    if (!element.grant && existsOn('before', element)) addTo(members, element.group ?? '', element.user ?? '');
  }
  for (const element of elements) {
    if (!existsOn('before', element)) continue;
    const { user, group = '' } = element;
    const users = user === undefined ? (members.get(group) ?? []) : [user];
    for (const path of desired.get(element.address)?.at ?? []) {
      const entry = entryAt(path);
      if (!entry) continue;
      const key = stableJson(entry.path);
      const known = byEntry.get(key) ?? new Set();
      for (const one of users) known.add(one);
      byEntry.set(key, known);
    }
  }
  return ({ path }) => [...(byEntry.get(stableJson(path)) ?? [])].sort();
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
