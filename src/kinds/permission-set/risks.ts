import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import { parseDuration, shortDuration } from '../shared/duration.ts';
import { boundaryText } from './boundary.ts';
import type { PermissionSetSpec } from './kind.ts';
import { mfaRisks } from './mfa-risks.ts';

interface Edit {
  step: StepOf<PermissionSetSpec>;
  before: PermissionSetSpec;
  after: PermissionSetSpec;
}

/** What an edit of a permission set does besides what its policies allow. */
export function permissionSetRisks(steps: readonly StepOf<PermissionSetSpec>[]): Warning[] {
  const edits = editsOf(steps);
  return [...mfaRisks(steps), ...edits.flatMap(looserBoundary), ...longerSessions(edits)];
}

/** A set that is made anew under another name is edited too, if its content is another. */
function editsOf(steps: readonly StepOf<PermissionSetSpec>[]): Edit[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap((step) => {
    const before = step.before ?? byId.get(step.replaces ?? '')?.before;
    if (before === undefined || step.after === undefined) return [];
    return [{ step, before, after: step.after }];
  });
}

function looserBoundary({ step: { places }, before, after }: Edit): Warning[] {
  if (before.permissionsBoundary === undefined) return [];
  const [place] = places ?? [];
  const where = { ...(place && { place }) };
  const old = boundaryText(before.permissionsBoundary);
  if (after.permissionsBoundary === undefined) {
    const message = `${after.name} loses its permissions boundary (${old}): from now on nothing but its own policies limits it.`;
    return [{ code: 'boundary-removed', message, ...where }];
  }
  const now = boundaryText(after.permissionsBoundary);
  if (now === old) return [];
  const message = `${after.name} gets another permissions boundary: ${now} in place of ${old}. It may allow more.`;
  return [{ code: 'boundary-replaced', message, ...where }];
}

function longerSessions(edits: readonly Edit[]): Warning[] {
  const longer = edits.filter(
    ({ before, after }) => (parseDuration(after.sessionDuration) ?? 0) > (parseDuration(before.sessionDuration) ?? 0),
  );
  if (longer.length === 0) return [];
  const texts = longer.map(
    ({ before, after }) =>
      `${after.name} from ${shortDuration(before.sessionDuration)} to ${shortDuration(after.sessionDuration)}`,
  );
  const [place] = longer.length === 1 ? (longer[0]?.step.places ?? []) : [];
  return [
    {
      code: 'longer-session',
      message: `Sessions get longer: ${listOf(texts, 10)}. Credentials that leak, and access that has been taken away, work for as long.`,
      ...(place && { place }),
    },
  ];
}
