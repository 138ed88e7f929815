import { measureService } from './service.ts';
await measureService(1, (row) =>
  console.log(
    row.name,
    row.calls,
    row.leastCalls,
    (row.calls / row.leastCalls).toFixed(2),
    row.seconds.toFixed(1),
    row.leastSeconds.toFixed(1),
    (row.seconds / row.leastSeconds).toFixed(2),
    'thr',
    row.throttled.toFixed(3),
    'most',
    row.mostAssignments,
    'failed',
    row.failed,
    row.isHeldBack,
    JSON.stringify(row.estimate),
  ),
);
