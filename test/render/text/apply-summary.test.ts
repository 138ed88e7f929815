import { describe, expect, it } from 'vitest';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../../../src/render/text/apply-summary.ts';
import { buildStep } from '../plan-builder.ts';

const hanako = buildStep('create', 'user/hanako', { label: 'hanako (Hanako Yamada)' });
const taro = buildStep('create', 'user/taro', { label: 'taro (Taro Suzuki)' });
const platform = buildStep('create', 'group/platform');
const deployer = buildStep('update', 'permission-set/Deployer');

const outcome = (rest: Partial<ApplyOutcome>): ApplyOutcome => ({
  succeeded: [],
  failed: [],
  skipped: [],
  milliseconds: 12_300,
  runId: 'r-1',
  notices: [],
  ...rest,
});

const broken = outcome({
  succeeded: [hanako, platform],
  failed: [{ step: deployer, message: 'AccessDeniedException: not authorized to perform sso:UpdatePermissionSet' }],
  skipped: [
    { step: buildStep('create', 'assignment/1', { label: 'Deployer in staging to taro' }), because: deployer },
    { step: taro, because: 'interrupted' },
  ],
  notices: [{ code: 'no-email', message: 'hanako gets no e-mail: send the portal’s address.' }],
});

describe('what is said after an apply', () => {
  it('is short where all went well', () => {
    const text = renderApplySummary(outcome({ succeeded: [hanako, taro, platform, deployer] }), {
      color: false,
      width: 80,
    });
    expect(text).toBe(
      `
Done: 3 created, 1 updated, 0 deleted, in 12s.
  + created 2 users and 1 group
  ~ updated 1 permission set

Run ID r-1 (search CloudTrail for it in userAgent).
`.trimStart(),
    );
  });

  it('names what failed and why, and last what was skipped and how to go on', () => {
    expect(renderApplySummary(broken, { color: false, width: 60 })).toBe(
      `
Incomplete: 2 created, 0 updated, 0 deleted, 1 failed, 2
  skipped, in 12s.
  + created 1 user and 1 group

Failed: 1
  ✗ updating permission set Deployer: AccessDeniedException:
    not authorized to perform sso:UpdatePermissionSet

To do by hand
  ! hanako gets no e-mail: send the portal’s address.

Run ID r-1 (search CloudTrail for it in userAgent).

Skipped: 2
  - skipped creating assignment Deployer in staging to taro,
    because it depends on permission set Deployer
  - 1 user, because the run was interrupted
Run it again to continue: the new plan has only the
  remaining changes.
`.trimStart(),
    );
  });

  it('is one document as JSON', () => {
    expect(JSON.parse(renderApplyJson(broken))).toEqual({
      complete: false,
      summary: { create: 2, update: 0, delete: 0, failed: 1, skipped: 2 },
      runId: 'r-1',
      succeeded: [
        { id: 'user/hanako', action: 'create', kind: 'user', label: 'hanako (Hanako Yamada)' },
        { id: 'group/platform', action: 'create', kind: 'group', label: 'platform' },
      ],
      failed: [
        {
          id: 'permission-set/Deployer',
          action: 'update',
          kind: 'permission-set',
          label: 'Deployer',
          message: 'AccessDeniedException: not authorized to perform sso:UpdatePermissionSet',
        },
      ],
      skipped: [
        {
          id: 'assignment/1',
          action: 'create',
          kind: 'assignment',
          label: 'Deployer in staging to taro',
          because: 'permission-set/Deployer',
        },
        { id: 'user/taro', action: 'create', kind: 'user', label: 'taro (Taro Suzuki)', because: 'interrupted' },
      ],
      notices: broken.notices,
      seconds: 12.3,
    });
  });
});

it('says how to go back where something was granted that ignore hides, and only where the apply is incomplete', () => {
  const text = (one: ApplyOutcome): string => renderApplySummary(one, { color: false, width: 500 });
  expect(text({ ...broken, leavesHidden: true })).toContain('plan it with --base and this file');
  expect(text({ ...broken, leavesHidden: false })).not.toContain('--base');
  expect(text({ ...outcome({ succeeded: [hanako] }), leavesHidden: true })).not.toContain('--base');
});
