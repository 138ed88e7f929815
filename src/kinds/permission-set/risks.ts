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
  return [
    ...mfaRisks(steps),
    ...edits.flatMap(looserBoundary),
    ...longerSessions(edits),
    ...edits.flatMap(otherFirstPage),
  ];
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
    const message = `${after.name} loses its permissions boundary (${old}), so only its own policies limit it.`;
    return [{ code: 'boundary-removed', message, ...where }];
  }
  const now = boundaryText(after.permissionsBoundary);
  if (now === old) return [];
  const message = `${after.name} gets another permissions boundary: ${now} instead of ${old}. It may allow more.`;
  return [{ code: 'boundary-replaced', message, ...where }];
}

/** People trust the page that the portal opens, wherever it leads. */
function otherFirstPage({ step: { places }, before, after }: Edit): Warning[] {
  if (before.relayState === after.relayState) return [];
  const [place] = places ?? [];
  const [old, now] = [before, after].map(({ relayState }) => relayState ?? 'the start page of the AWS console');
  return [
    {
      code: 'other-first-page',
      message: `${after.name} opens ${now} from the portal, instead of ${old}.`,
      aside: `the page that ${after.name} opens first changes`,
      ...(place && { place }),
    },
  ];
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
      message: `Sessions get longer: ${listOf(texts, 10)}. Leaked credentials and removed access keep working for as long.`,
      ...(place && { place }),
    },
  ];
}
