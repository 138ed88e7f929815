import { expiryProblem } from '../../core/expiry.ts';
import * as z from '../../core/zod.ts';

/** Until when an entry asks for what it says. */
export const expires = z
  .text(
    z.refine((text) => expiryProblem(text) === undefined, {
      error: ({ input }) => expiryProblem(String(input)),
    }),
  )
  .register(z.docs, {
    description:
      'After this, the entry grants nothing and a plan removes its access. A date means the end of that day in UTC; a time needs a zone.',
    examples: ['2027-01-31', '2027-01-31T18:00:00+09:00'],
    pattern: String.raw`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$`,
  });
