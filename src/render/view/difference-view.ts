import type { PeopleDifference, PlanDifference } from '../../core/plan-difference.ts';
import { managementAccountOf, type Plan } from '../../core/plan.ts';
import type { GivenSet } from '../../core/access.ts';
import { sanitize } from '../../core/sanitize.ts';
import { viewAccess } from './access-view.ts';
import {
  accessSentence,
  administratorsSentence,
  applicationSentence,
  changedHandsSentence,
  editedSentence,
  lastAccessSentence,
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

export const forbiddenHeading = 'The reviewed plan was forbidden';
export const limitsHeading = 'Other limits than reviewed';
export const lostNamesHeading = "Other names that can't be found than reviewed";
export const accessHeading = 'Other access than reviewed';

/** What one plan does to people and another does not, in sentences. */
export function viewPeople(
  { access, risks }: PeopleDifference,
  { steps, instance }: Plan,
  accounts: AccountNames,
): string[] {
  const view = viewAccess({ access, steps }, accounts);
  return [
    ...view.newAdministrators.lines.map(administratorsSentence),
    ...view.changedHands.map(changedHandsSentence),
    ...(view.lastAccess.length > 0 ? [lastAccessSentence(view.lastAccess)] : []),
    ...view.lost.lines.map((line) => accessSentence('lost', line)),
    ...view.gained.lines.map((line) => accessSentence('gained', line)),
    ...view.edited.lines.map(editedSentence),
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

/** `Reader, which is newly given, allows something else than when it was reviewed` */
const contentSentence = ({ permissionSet }: GivenSet): string =>
  `${sanitize(permissionSet)}, which is newly given, allows something else than when it was reviewed`;

export function viewDifference(difference: PlanDifference, plan: Plan): DifferenceView {
  const { added, changed, dropped } = difference;
  const { instance, guards } = plan;
  const accounts = nameAccounts({ accounts: difference.accounts, instance, guards });
  const { nameOf } = accounts;
  const { notes } = plan;
  const parts: DifferencePart[] = [
    { heading: 'New since the review', isPaired: false, groups: groupSteps(added, notes, nameOf) },
    {
      heading: 'Other than reviewed',
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
    { heading: 'Reviewed, and no longer needed', isPaired: false, groups: groupSteps(dropped, [], nameOf) },
  ];
  return {
    forbidden: difference.forbidden.map(({ code, message }) => `${sanitize(message)} (${code})`),
    gone: goneSentences(difference.gone),
    limits: [
      ...difference.limits.map((limit) => limitSentence(viewLimit(limit))),
      ...(difference.lacksBase ? ['The review compared the file with the one before, and this plan does not.'] : []),
    ],
    access: viewPeople(difference, plan, accounts),
    parts: parts.filter(({ groups }) => groups.length > 0),
  };
}
