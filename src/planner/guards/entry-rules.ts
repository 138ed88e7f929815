import type { EntryRule, EntryRuleInput, RuledEntry } from '../../access/entry-rules.ts';
import { replacingAssignments } from '../../access/guards.ts';
import type { RuleWords } from '../../access/rule-words.ts';
import { placeText } from '../../config/place-text.ts';
import type { Address } from '../../core/address.ts';
import type { JudgedFacts } from '../../core/access.ts';
import { endOf } from '../../core/expiry.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { askedBefore } from '../base/end-changes.ts';
import { createEntryLookUp } from '../../access/granting-entries.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';
import type { RuleNames } from '../names/rule-names.ts';

/** The file whose rules they are. */
export interface RuledFile extends Pick<CompiledFile, 'loaded' | 'desired'> {
  accounts: Pick<CompiledFile['accounts'], 'names'>;
}

interface Input {
  facts: JudgedFacts;
  file: RuledFile;
  /** True of what lasts longer than by the file before; absent where nothing is compared with that. */
  isExtended?: (address: Address) => boolean;
  ruleNames: RuleNames;
  now: Date;
}

/** Which access a rule means; what is undefined stands for any. */
interface Access {
  permissionSets?: string[] | undefined;
  administrators?: true | undefined;
  accounts?: string[] | undefined;
}

const day = 24 * 60 * 60 * 1000;

/** The rules of the file about its entries, and what they look at. */
export function entryRules({
  file,
  ruleNames: { meant },
  now,
  facts,
  isExtended = () => false,
}: Input): EntryRuleInput {
  const { loaded, desired } = file;
  const { requireReason = [], requireExpiry = [], maxReviewAge = [], exclusive = [] } = loaded.document.rules ?? {};
  const entryAt = createEntryLookUp(loaded.document);
  const ruleOf = (key: string, index: number, { permissionSets, administrators, accounts }: Access) => ({
    place: placeText(loaded.places, ['rules', key, index]),
    permissionSets: meant('permission-set', permissionSets),
    administrators: administrators === true,
    accounts: meant('account', accounts),
  });
  const replacing = replacingAssignments(facts);
  return {
    facts,
    ...wordsOf(file),
    rules: [
      ...requireReason.map((rule, index): EntryRule => ({
        ...ruleOf('requireReason', index, rule),
        code: 'reason-missing',
        lacks: ({ reason, ticket }) =>
          reason === undefined && ticket === undefined ? 'has neither reason nor ticket' : undefined,
        advice: 'Give the entry a reason or a ticket',
      })),
      ...requireExpiry.map((rule, index): EntryRule => ({
        ...ruleOf('requireExpiry', index, rule),
        code: 'end-missing',
        lacks: ({ until }) => lateness(until, rule.within, now),
        advice:
          rule.within === undefined ? 'Give the entry `expires`' : `Give the entry \`expires\` within ${rule.within}`,
      })),
      ...maxReviewAge.map((rule, index): EntryRule => ({
        ...ruleOf('maxReviewAge', index, rule),
        code: 'review-due',
        lacks: ({ reviewed }) => reviewLack(reviewed, rule.age, now),
        advice: `Review the entry, and write \`reviewed: ${now.toISOString().slice(0, 10)}\``,
      })),
    ],
    exclusive: exclusive.map(({ permissionSets, in: within }, index) => ({
      place: placeText(loaded.places, ['rules', 'exclusive', index]),
      permissionSets: meant('permission-set', permissionSets) ?? new Set(),
      within,
    })),
    entriesOf: (address) =>
      (desired.get(address)?.at ?? []).flatMap((path): RuledEntry[] => {
        const entry = entryAt(path);
        return entry
          ? [
              {
                path: entry.path,
                place: placeText(loaded.places, entry.path),
                until: entry.until,
                ...entry.justification,
              },
            ]
          : [];
      }),
    begins: ({ address, status }) => (status === 'created' ? !replacing.has(address) : isExtended(address)),
  };
}

/** The same of a plan; undefined where its file has no such rule, as most have not: then nothing is looked up for them. */
export function planEntryRules(input: Omit<Input, 'isExtended'> & { file: CompiledFile }): EntryRuleInput | undefined {
  const { requireReason, requireExpiry, maxReviewAge, exclusive } = input.file.loaded.document.rules ?? {};
  const isAsked = [requireReason, requireExpiry, maxReviewAge, exclusive].some((rules) => rules && rules.length > 0);
  return isAsked ? entryRules({ ...input, isExtended: createExtensionTest(input.file) }) : undefined;
}

/** Whether something lasts longer than by the file before; without one nothing does. */
function createExtensionTest(file: CompiledFile): (address: Address) => boolean {
  const keyOf = keyAcrossRenames(file);
  const asked = file.base && askedBefore(file.base, keyOf);
  return (address) => {
    const thing = asked && file.desired.get(address);
    const before = thing && asked(keyOf(thing));
    if (before === undefined || before === null) return false;
    return thing?.until === undefined || endOf(thing.until) > endOf(before);
  };
}

/** How accounts and places are named. */
export const wordsOf = ({ accounts, desired, loaded }: RuledFile): Pick<RuleWords, 'names' | 'placesOf'> => ({
  names: accounts.names,
  placesOf: (address) => (desired.get(address)?.at ?? []).map((path) => placeText(loaded.places, path)),
});

const daysOf = (text: string): number => Number.parseInt(text, 10) * day;

function lateness(until: string | undefined, within: string | undefined, now: Date): string | undefined {
  if (until === undefined) return 'has no end';
  if (within === undefined || endOf(until) - now.getTime() <= daysOf(within)) return undefined;
  return `ends later than in ${within}, on ${until}`;
}

function reviewLack(reviewed: string | undefined, age: string, now: Date): string | undefined {
  if (reviewed === undefined) return 'was never reviewed';
  const at = Date.parse(`${reviewed}T00:00:00Z`);
  // Whoever is furthest east has tomorrow's date already.
  if (at > now.getTime() + day) return `has a review in the future, of ${reviewed}`;
  return now.getTime() - at > daysOf(age) + day ? `was reviewed on ${reviewed}, more than ${age} ago` : undefined;
}
