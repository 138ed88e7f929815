import { classesOf, writingOf } from './action-classes.ts';
import { actionsOf } from './actions.ts';
import { allowsAny } from './allows.ts';
import type { Allows } from '../core/access-answer.ts';
import { stableJson } from '../core/stable-json.ts';
import type { Content } from './content.ts';
import { decisiveActionsOf } from './decisive-actions.ts';
import { type Difference, differenceOf } from './difference.ts';
import { documentsOf } from './documents.ts';
import { holder } from './held.ts';
import { type Judgement, judge } from './judgement.ts';
import { resourceTypesOf } from './resource-types.ts';
import type { Data } from './statement.ts';
import { unpackLines } from './unpack.ts';

/** What policies allow, by the data that ships. */
export interface Policies {
  /** The days of the data about actions and of AWS's managed policies, in UTC. */
  dates: { actions: string; managedPolicies: string };
  /** What a set allows; each content is judged once. */
  judge(content: Content): Judgement;
  /** How what two sets allow differs. */
  compare(before: Content, after: Content): Difference;
  /** The actions of the data that a name or a pattern takes in (`s3:DeleteBucket`, `s3:Delete*`), in AWS's spelling. */
  actionsLike(pattern: string): string[];
  /** How far a set allows any of some actions, as `actionsLike` gives them; undefined where it allows none of them. */
  allows(content: Content, actions: readonly string[]): Allows | undefined;
}

/** @param now what the time is, for conditions on it. */
export async function loadPolicies(now: Date): Promise<Policies> {
  const { dates, documents, ...read } = await (catalog ??= readCatalog());
  const data: Data = { ...read, now };
  const hold = holder(documents, data);
  const judged = new Map<string, Judgement>();
  return {
    dates,
    judge(content) {
      const key = stableJson(content);
      const found = judged.get(key) ?? judge(hold(content), data);
      judged.set(key, found);
      return found;
    },
    compare: (before, after) => differenceOf(hold(before), hold(after), data),
    actionsLike: (pattern) => [...data.actions.matching(pattern)].map(data.actions.name),
    allows(content, actions) {
      const numbers = actions.flatMap((action) => data.actions.find(action) ?? []);
      return allowsAny(hold(content), numbers, data);
    },
  };
}

interface Catalog extends Omit<Data, 'now'> {
  dates: Policies['dates'];
  documents: ReturnType<typeof documentsOf>;
}

/** Read once: it takes longer than planning does, and is the same for every plan. */
let catalog: Promise<Catalog> | undefined;

/** Reads the data, some 250 KB. */
async function readCatalog(): Promise<Catalog> {
  const [actionData, typeData, documentData, names] = await Promise.all([
    import('./data/actions.json', { with: { type: 'json' } }),
    import('./data/resource-types.json', { with: { type: 'json' } }),
    import('./data/documents.json', { with: { type: 'json' } }),
    import('./data/policy-names.json', { with: { type: 'json' } }),
  ]);
  const actions = actionsOf(unpackLines(actionData.default));
  const classes = classesOf(actions);
  return {
    dates: { actions: actionData.default.date, managedPolicies: documentData.default.date },
    actions,
    classes,
    writing: writingOf(classes),
    decisive: decisiveActionsOf(actions),
    resourceTypes: resourceTypesOf(unpackLines(typeData.default), actions),
    documents: documentsOf(unpackLines(documentData.default), names.default.names),
  };
}
