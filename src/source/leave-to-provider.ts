import type { IdentityDocument } from '../config/schema/document.ts';
import type { NextStep } from '../core/diagnosis.ts';
import type { Thing } from '../core/state.ts';
import { listOf } from '../core/words.ts';
import { externalSections, providedSections } from '../kinds/external-things.ts';
import { managedSections } from './managed-sections.ts';

/**
 * How a file leaves to the identity provider what is its own. `directory: external` does for all sections of the directory at
 * once, so it is wrong for a file that has another one: a provider may bring the users alone.
 * @param things what the provider brought.
 */
export function leaveToProvider(document: IdentityDocument, things: readonly Thing[]): NextStep {
  const present: Record<string, unknown> = managedSections(document);
  const brought = externalSections(things);
  const own = providedSections.filter(({ name }) => present[name] !== undefined && !brought.has(name));
  if (own.length === 0) return { text: 'Write this into the file, under identityCenter:', line: 'directory: external' };
  const [theirs, ours] = [[...brought], own.map(({ name }) => name)].map((names) => listOf(names));
  return {
    text: `Remove the section ${theirs}: the file refers to them without it, and keeps ${ours}. Only if the identity provider brings ${ours} too, write directory: external under identityCenter.`,
  };
}
