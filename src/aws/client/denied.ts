import { AccessDeniedError } from './errors.ts';

/** For what can be read in another way too: undefined where AWS denies this one. */
export async function unlessDenied<Value>(read: Promise<Value>): Promise<Value | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AccessDeniedError) return undefined;
    throw error;
  }
}
