import type { State, Thing } from '../core/state.ts';
import { group } from './group/kind.ts';
import { user } from './user/kind.ts';

/** The users and groups that an identity provider put there: a file can only refer to them. */
export const externalThings = <One extends Thing>(live: State<One>): One[] =>
  [user.name, group.name].flatMap((kind) =>
    live.of(kind).filter(({ spec }) => (spec as { external?: boolean }).external === true),
  );
