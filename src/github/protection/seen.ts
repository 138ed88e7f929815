import { isPlanLimit } from '../errors.ts';
import { isRateLimit, isRequestFailure } from '../retry.ts';

/** Instead of what the token may not read. */
export const unseen = Symbol('unseen');
export type Seen<Thing> = Thing | typeof unseen;

/** The answer to a request, or that GitHub denies it to this token. */
export async function seeing<Answer>(request: Promise<Answer>): Promise<Seen<Answer>> {
  try {
    return await request;
  } catch (error) {
    const isDenied = isRequestFailure(error) && error.status === 403 && !isRateLimit(error);
    if (isDenied && !isPlanLimit(error)) return unseen;
    throw error;
  }
}
