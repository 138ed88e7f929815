import type { PeopleDifference, PlanDifference } from '../../core/plan-difference.ts';
import { managementAccountOf, type Plan } from '../../core/plan.ts';
import type { GivenSet } from '../../core/access.ts';
import { sanitize } from '../../core/sanitize.ts';
import { viewAccess } from './access-view.ts';
import {
  accessSentence,
  administratorsSentence,
  applicationSentence,
  attributesSentence,
  changedHandsSentence,
  editSentence,
  lastAccessSentence,
  lostAdministratorsSentence,
} from './access-words.ts';
import { goneSentences } from './gone-view.ts';
import { limitSentence, viewLimit } from './limits-view.ts';
import { riskSentence } from './risk-words.ts';
import { groupSteps, type StepGroup } from './step-view.ts';
import { nameAccounts, type AccountNames } from './account-names.ts';

/** One sort of difference between the steps of a plan and of the one that was reviewed. */
export interface DifferencePart {
  heading: string;
  /** True where each thing stands twice: as it was reviewed, and as it is now. */
  isPaired: boolean;
  groups: StepGroup[];
}

export interface DifferenceView {
  /** What the plan does to people and did not when it was reviewed; may be more though the steps are the same. */
  access: string[];
  /** In the order in which they matter to whoever has to approve the new plan. */
  parts: DifferencePart[];
  /** Limits that are looser than the review showed, or that they could not be compared. */
  limits: string[];
  /** Names that can't be found any more, as the review did not show. */
  gone: string[];
  /** What forbade the reviewed plan. */
  forbidden: string[];
}

export const forbiddenHeading = 'The reviewed plan was refused';
export const limitsHeading = 'Limits that differ from the review';
export const lostNamesHeading = "Names that can't be found, not in the review";
export const accessHeading = 'Access that differs from the review';

/** What one plan does to people and another does not, in sentences. */
export function viewPeople(
  { access, risks }: PeopleDifference,
  { steps, instance }: Plan,
  accounts: AccountNames,
): string[] {
  const view = viewAccess({ access, steps }, accounts);
  return [
    ...view.newAdministrators.lines.map(administratorsSentence),
    ...view.lostAdministrators.lines.map(lostAdministratorsSentence),
    ...view.changedHands.map(changedHandsSentence),
    ...(view.lastAccess.length > 0 ? [lastAccessSentence(view.lastAccess)] : []),
    ...view.lost.lines.map((line) => accessSentence('lost', line)),
    ...view.gained.lines.map((line) => accessSentence('gained', line)),
    ...view.edited.sets.map(editSentence),
    ...view.attributes.map(attributesSentence),
    ...access.given.map(contentSentence),
    ...view.applications.lost.map((line) => applicationSentence('lost', line)),
    ...view.applications.gained.map((line) => applicationSentence('gained', line)),
    ...risks.map((risk) =>
      riskSentence(risk, {
        people: access.people,
        managementAccount: managementAccountOf(instance),
        nameOf: accounts.nameOf,
      }),
    ),
  ];
}

/** `Reader, which is newly granted, allows other actions than the review showed` */
const contentSentence = ({ permissionSet }: GivenSet): string =>
  `${sanitize(permissionSet)}, which is newly granted, allows other actions than the review showed`;

export function viewDifference(difference: PlanDifference, plan: Plan): DifferenceView {
  const { added, changed, dropped } = difference;
  const { instance, guards } = plan;
  const accounts = nameAccounts({ accounts: difference.accounts, instance, guards });
  const { nameOf } = accounts;
  const { notes } = plan;
  const parts: DifferencePart[] = [
    { heading: 'New since the review', isPaired: false, groups: groupSteps(added, notes, nameOf) },
    {
      heading: 'Different from the review',
      isPaired: true,
      groups: groupSteps(
        changed.flatMap(({ was, is }) => [was, is]),
        [],
        nameOf,
      ).map(({ heading, steps: both }) => ({
        heading,
        // In pairs: groupSteps keeps the order.
        steps: both.map((step, index) => ({ ...step, note: index % 2 === 0 ? 'as reviewed' : 'now' })),
      })),
    },
    { heading: 'Reviewed, but no longer needed', isPaired: false, groups: groupSteps(dropped, [], nameOf) },
  ];
  return {
    forbidden: difference.forbidden.map(({ code, message }) => `${sanitize(message)} (${code})`),
    gone: goneSentences(difference.gone),
    limits: [
      ...difference.limits.map((limit) => limitSentence(viewLimit(limit))),
      ...(difference.lacksBase
        ? ['The review compared the file with the file before, but this plan does not (--base).']
        : []),
    ],
    access: viewPeople(difference, plan, accounts),
    parts: parts.filter(({ groups }) => groups.length > 0),
  };
}
