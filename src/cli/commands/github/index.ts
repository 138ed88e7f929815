import type { CommandGroup } from '../../command.ts';
import { check } from './check.ts';
import { checkApprovers } from './check-approvers.ts';
import { checkDispatch } from './check-dispatch.ts';
import { checkTip } from './check-tip.ts';
import { checkUnused } from './check-unused.ts';
import { checkWatchers } from './check-watchers.ts';
import { comment } from './comment.ts';
import { decide } from './decide.ts';
import { drift } from './drift.ts';
import { fetch } from './fetch.ts';
import { findPlan } from './find-plan.ts';
import { reviewBranch } from './review-branch.ts';
import { reviewPull } from './review-pull.ts';
import { setup } from './setup.ts';
import { startPlan } from './start-plan.ts';
import { status } from './status.ts';

export const github: CommandGroup = {
  name: 'github',
  summary: 'Run the steps of GitHub workflows beside plan and apply',
  description: [
    'Run once, from a terminal: `setup`, which makes the repository settings that `check` checks.',
    'The steps that the workflows of docs/pull-requests.md take besides `idc plan` and `idc apply`:',
    '- on a pull request: `fetch`, then `idc plan --out`, then `comment`',
    '- after the merge: `check-tip`, `find-plan`, `idc plan --out`, `decide`, `check-approvers` and `check-dispatch` if it waits, ' +
      'then `idc apply`',
    '- on a schedule: `idc plan --out`, then `drift`; `idc review --patch`, then `review-branch`, `review-pull` and `start-plan`',
    '- beside all of them: `check`, `check-watchers`, and `check-unused` while they are switched off',
    'Outputs are appended to the file that GITHUB_OUTPUT names, or printed where it is not set.',
  ],
  flags: {},
  commands: [
    setup,
    check,
    fetch,
    comment,
    status,
    findPlan,
    decide,
    checkTip,
    checkApprovers,
    checkDispatch,
    checkWatchers,
    checkUnused,
    drift,
    reviewBranch,
    reviewPull,
    startPlan,
  ],
  examples: [
    { does: 'Outside of a job, with your own token', run: 'idc github check-approvers identity-center-approve' },
  ],
};
