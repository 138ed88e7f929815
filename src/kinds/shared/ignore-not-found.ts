import { isAwsError } from '../../core/errors.ts';

/** For a removal: what AWS does not find is removed already. */
export async function ignoreNotFound(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
  }
}

/** True for the end of an asynchronous request whose assignment had gone in the meantime; AWS has no error name for it. */
export function isAssignmentNotFound(error: unknown): boolean {
  return error instanceof Error && error.message.includes('404 status error: Assignment not found');
}
