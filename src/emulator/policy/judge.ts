import type { Policy } from './document.ts';

/** The first resource for which the policy doesn't allow the action; undefined where it allows all of them. */
export function refusedResource(
  { statements }: Policy,
  action: string,
  resources: readonly string[],
): string | undefined {
  const speaking = statements.filter(({ coversAction }) => coversAction(action));
  return resources.find((resource) => {
    const effects = speaking.filter(({ coversResource }) => coversResource(resource)).map(({ allows }) => allows);
    return effects.length === 0 || effects.includes(false);
  });
}
