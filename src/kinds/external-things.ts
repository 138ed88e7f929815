import type { State, Thing } from '../core/state.ts';
import { group } from './group/kind.ts';
import { user } from './user/kind.ts';

/** What an identity provider may own: where it does, a file can only refer to it. */
const providedKinds = [user, group];

/** The sections that declare it. */
export const providedSections: ReadonlySet<string> = new Set(providedKinds.map(({ section }) => section));

/** The users and groups that an identity provider put there. */
export const externalThings = <One extends Thing>(live: State<One>): One[] =>
  providedKinds.flatMap(({ name }) =>
    live.of(name).filter(({ spec }) => (spec as { external?: boolean }).external === true),
  );
