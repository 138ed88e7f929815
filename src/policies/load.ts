import { classesOf } from './action-classes.ts';
import { actionsOf } from './actions.ts';
import { stableJson } from '../core/stable-json.ts';
import type { Content } from './content.ts';
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
}

/**
 * Reads the data, some 250 KB.
 * @param now what the time is, for conditions on it.
 */
export async function loadPolicies(now: Date): Promise<Policies> {
  const [actionData, typeData, documentData, names] = await Promise.all([
    import('./data/actions.json', { with: { type: 'json' } }),
    import('./data/resource-types.json', { with: { type: 'json' } }),
    import('./data/documents.json', { with: { type: 'json' } }),
    import('./data/policy-names.json', { with: { type: 'json' } }),
  ]);
  const actions = actionsOf(unpackLines(actionData.default));
  const data: Data = {
    actions,
    classes: classesOf(actions),
    resourceTypes: resourceTypesOf(unpackLines(typeData.default), actions),
    now,
  };
  const hold = holder(documentsOf(unpackLines(documentData.default), names.default.names), data);
  const judged = new Map<string, Judgement>();
  return {
    dates: { actions: actionData.default.date, managedPolicies: documentData.default.date },
    judge(content) {
      const key = stableJson(content);
      const found = judged.get(key) ?? judge(hold(content), data);
      judged.set(key, found);
      return found;
    },
    compare: (before, after) => differenceOf(hold(before), hold(after), data),
  };
}
