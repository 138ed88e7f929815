import type { Policies } from '../policies/load.ts';

/**
 * Ends the first message that rests on the data about policies with the day of the older part of it.
 * @param isTold whether the plan says the day elsewhere.
 */
export function tellDataDate(
  { actions, managedPolicies }: Policies['dates'],
  partition: string,
  isTold: boolean,
): (message: string) => string {
  const [date] = [actions, managedPolicies].sort();
  return (message) => {
    if (isTold) return message;
    isTold = true;
    return `${message} (AWS data of ${date}${partition === 'aws' ? '' : ', as in the commercial partition'})`;
  };
}
