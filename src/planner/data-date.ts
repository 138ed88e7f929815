import type { Policies } from '../policies/load.ts';

/** Ends the first message that rests on the data about policies with the day of the older part of it. */
export function tellDataDate(
  { actions, managedPolicies }: Policies['dates'],
  partition: string,
): (message: string) => string {
  const [date] = [actions, managedPolicies].sort();
  let isTold = false;
  return (message) => {
    if (isTold) return message;
    isTold = true;
    return `${message} (AWS data of ${date}${partition === 'aws' ? '' : ', as in the commercial partition'})`;
  };
}
