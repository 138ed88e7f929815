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
  it('shows the messages to send, and counts those that are too many', () => {
    const toSend = Array.from({ length: 12 }, (_, index) => ({
      to: `user${index}`,
      text: `Hello user${index},\n\n  go`,
    }));
    const notices = [{ code: 'no-invitation', message: 'Nobody tells them.', toSend }];
    const text = renderApplySummary(outcome({ succeeded: [hanako], notices }), { color: false, width: 60 });
    expect(text).toContain(
      `
To do by hand
  ! Nobody tells them.
      To send to user0:
        Hello user0,

          go
      To send to user1:
`,
    );
    expect(text).toContain('Hello user9,');
    expect(text).not.toContain('Hello user10,');
    expect(text).toContain('      … and 2 more like it; the plan in Markdown or JSON has\n      them all\n');
  });

  it('breaks no line of a message that is to be copied', () => {
    const line = `sso_start_url = https://${'d'.repeat(60)}.awsapps.com/start`;
    const toSend = [{ to: 'hanako', text: `Hello ${'word '.repeat(20)}\n\n\`\`\`\n${line}\n\`\`\`\n${line}` }];
    const notices = [{ code: 'no-invitation', message: 'Nobody tells them.', toSend }];
    const text = renderApplySummary(outcome({ notices }), { color: false, width: 60 });
    expect(text.split('\n').filter((shown) => shown === `        ${line}`)).toHaveLength(1);
    expect(text.split('\n').filter((shown) => shown.length > 60)).toHaveLength(1);
  });

  it('does not break a URL that fits into a line of its own', () => {
    const toSend = [{ to: 'hanako', text: '  Access portal: https://a-portal-of-some-length.awsapps.com/start' }];
    const notices = [{ code: 'no-invitation', message: 'Nobody tells them.', toSend }];
    expect(renderApplySummary(outcome({ notices }), { color: false, width: 60 })).toContain(
      '\n          Access portal:\n          https://a-portal-of-some-length.awsapps.com/start\n',
    );
  });

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

Run r-1: in CloudTrail it stands in userAgent.
`.trimStart(),
    );
  });

  it('names what failed and why, what was skipped, and how to go on', () => {
    expect(renderApplySummary(broken, { color: false, width: 60 })).toBe(
      `
Not all done: 2 created, 0 updated, 0 deleted, 1 failed, 2
  skipped, in 12s.
  + created 1 user and 1 group

Failed: 1
  ✗ updating permission set Deployer: AccessDeniedException:
    not authorized to perform sso:UpdatePermissionSet

Skipped: 2
  - skipped creating assignment Deployer in staging to taro:
    because it waits for permission set Deployer
  - skipped creating user taro (Taro Suzuki): because the
    run was interrupted

To do by hand
  ! hanako gets no e-mail: send the portal’s address.

Run it again to continue: what is done stays done, and a
  new plan holds only what is left.

Run r-1: in CloudTrail it stands in userAgent.
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
