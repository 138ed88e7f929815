import type { State, Thing } from '../core/state.ts';
import type { Section } from '../core/section.ts';
import { kinds } from './index.ts';
import { sections } from './sections.ts';

/** What an identity provider put there: a file can only refer to it. */
export const externalThings = <One extends Thing>(live: State<One>): One[] =>
  kinds.flatMap(({ name, isExternal }) => (isExternal ? live.of(name).filter(({ spec }) => isExternal(spec)) : []));

/** The sections whose things an identity provider may bring. */
export const providedSections: readonly Section[] = sections.filter((section: Section) => section.external);

/** The names of the sections of which it brought something: it may bring users and leave groups to others. */
export function externalSections(things: readonly Thing[]): Set<string> {
  const external = new Set(things.map(({ kind }) => kind));
  return new Set(kinds.flatMap(({ name, section }) => (external.has(name) ? [section.name] : [])));
}
