import type { State, Thing } from '../core/state.ts';
import { kinds } from './index.ts';

/** What an identity provider put there: a file can only refer to it. */
export const externalThings = <One extends Thing>(live: State<One>): One[] =>
  kinds.flatMap(({ name, isExternal }) => (isExternal ? live.of(name).filter(({ spec }) => isExternal(spec)) : []));
