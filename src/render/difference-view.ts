import type { PlanDifference } from '../core/plan-difference.ts';
import { groupSteps, type StepGroup } from './step-view.ts';

/** One sort of difference between a plan and the one that was reviewed. */
export interface DifferencePart {
  heading: string;
  /** True where each thing stands twice: as it was reviewed, and as it is now. */
  isPaired: boolean;
  groups: StepGroup[];
}

/** The differences in the order in which they matter to whoever has to approve the new plan. */
export function viewDifference(
  { added, changed, gone }: PlanDifference,
  accountName: (id: string) => string,
): DifferencePart[] {
  const parts = [
    { heading: 'New since the review', isPaired: false, groups: groupSteps(added, accountName) },
    {
      heading: 'Other than reviewed',
      isPaired: true,
      groups: groupSteps(
        changed.flatMap(({ was, is }) => [was, is]),
        accountName,
      ).map(({ heading, steps }) => ({
        heading,
        // In pairs: groupSteps keeps the order.
        steps: steps.map((step, index) => ({ ...step, note: index % 2 === 0 ? 'as reviewed' : 'now' })),
      })),
    },
    { heading: 'Reviewed, and no longer needed', isPaired: false, groups: groupSteps(gone, accountName) },
  ];
  return parts.filter(({ groups }) => groups.length > 0);
}
