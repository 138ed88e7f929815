import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule } from '../../src/emulator/core/schedule.ts';
import { depth } from '../support/depth.ts';

const job = fc.record({ JobId: fc.uuid(), RequestId: fc.uuid(), DueAt: fc.integer({ min: 0, max: 20 }) });

test('jobs are taken when they are due, the earliest first and none twice', () => {
  fc.assert(
    fc.property(fc.array(job), fc.array(job), fc.integer({ min: 0, max: 20 }), (given, added, now) => {
      const schedule = createSchedule(given);
      for (const each of added) schedule.add(each);
      const all = [...given, ...added].sort((a, b) => a.DueAt - b.DueAt);
      expect(schedule.nextDue()).toBe(all[0]?.DueAt);
      expect(schedule.takeDue(now)).toEqual(all.filter(({ DueAt }) => DueAt <= now));
      expect(schedule.takeDue(20)).toEqual(all.filter(({ DueAt }) => DueAt > now));
      expect(schedule.nextDue()).toBeUndefined();
    }),
    depth(100),
  );
});
