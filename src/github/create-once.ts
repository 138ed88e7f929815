import { isLost } from './retry.ts';
import type { GitHub } from './client.ts';

const attempts = 4;

/**
 * Creates something, once: where GitHub's answer is lost, it looks whether the thing is there before it tries again. (A
 * GitHub job that is run again, or is cut off, may still leave two, so whoever looks must cope with that.)
 */
export async function createOnce<Thing>(
  { clock }: GitHub,
  find: () => Promise<Thing | undefined>,
  create: () => Promise<Thing>,
): Promise<Thing> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      if (!isLost(error) || attempt === attempts) throw error;
      await clock.sleep(500 * 2 ** attempt);
      const thing = await find();
      if (thing !== undefined) return thing;
    }
  }
}
