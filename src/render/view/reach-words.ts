import type { Reaches } from '../../core/access-answer.ts';

/** How people come to an action that is asked about. */
export const reachWords: Record<Reaches, string> = {
  certain: 'for certain',
  'by-raising': 'by raising their own rights',
  'in-part': 'in part',
  unknown: 'perhaps',
};
