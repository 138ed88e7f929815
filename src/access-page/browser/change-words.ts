import type { ChangeKind } from '../model/changes.ts';
import type { GrantChange } from '../model/grant-change.ts';

export interface Told {
  mark: string;
  word: string;
}

/** How each change is marked and called, wherever it is shown: of what somebody holds, and of a grant. */
export const changeWords: Record<ChangeKind | GrantChange, Told> = {
  gained: { mark: '+', word: 'new' },
  lost: { mark: '−', word: 'removed' },
  rises: { mark: '▲', word: 'more power' },
  falls: { mark: '▼', word: 'less power' },
  other: { mark: '≠', word: 'other sets' },
  more: { mark: '⊕', word: 'more sets' },
  fewer: { mark: '⊖', word: 'fewer sets' },
  edited: { mark: '~', word: 'set edited' },
  session: { mark: 'h', word: 'session length' },
  moved: { mark: '◷', word: 'end moved' },
  joined: { mark: '+', word: 'new members' },
  left: { mark: '−', word: 'members removed' },
  members: { mark: '±', word: 'other members' },
  same: { mark: '', word: 'unchanged' },
};
