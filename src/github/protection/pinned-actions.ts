import { asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import type { Change, Finding, Wishes } from './finding.ts';
import { seeing, unseen, type Seen } from './seen.ts';

/** Which actions the workflows of the repository may use, as GitHub has it. */
export interface ActionsPermissions {
  isEnabled: boolean;
  allowed: 'all' | 'local_only' | 'selected' | undefined;
  /** Each has to be named by a full commit id. */
  arePinned: boolean;
}

export async function readActionsPermissions({ rest, at }: GitHub): Promise<Seen<ActionsPermissions>> {
  const request = seeing(rest.actions.getGithubActionsPermissionsRepository(at));
  const answer = await asking('the permissions of actions', 'administration: read', request);
  if (answer === unseen) return unseen;
  const { enabled, allowed_actions: allowed, sha_pinning_required: pinned } = answer.data;
  return { isEnabled: enabled, allowed, arePinned: pinned === true };
}

const [check, about] = ['pinned-actions', 'actions'];

/** Nothing where the team does not want it. */
export function judgePinnedActions(state: Seen<ActionsPermissions>, { pinsActions }: Wishes): Finding[] {
  if (!pinsActions) return [];
  if (state === unseen) {
    const message = "whether each has to be named by a commit can't be seen with this token";
    return [{ check, about, verdict: 'unseen', message }];
  }
  if (state.arePinned) return [{ check, about, verdict: 'right', message: 'each has to be named by a commit' }];
  const fix = 'run `idc github setup`, or add --no-pinned-actions if other workflows need tags';
  return [{ check, about, verdict: 'weaker', message: 'they can be named by a tag, which can be moved', fix }];
}

export function mendPinnedActions(
  { rest, at }: GitHub,
  state: Seen<ActionsPermissions>,
  { pinsActions }: Wishes,
): Change[] {
  if (!pinsActions || state === unseen || state.arePinned) return [];
  const { isEnabled, allowed } = state;
  const body = {
    enabled: isEnabled,
    ...(allowed !== undefined && { allowed_actions: allowed }),
    sha_pinning_required: true,
  };
  return [
    {
      lines: [`${about}: each has to be named by a commit, in every workflow of the repository`],
      write: () =>
        asking(
          'a change of the permissions of actions',
          'administration: write',
          rest.actions.setGithubActionsPermissionsRepository({ ...at, ...body }),
        ),
    },
  ];
}
