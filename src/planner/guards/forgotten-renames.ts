import type { Step, Violation, Warning } from '../../core/plan.ts';
import { kinds } from '../../kinds/index.ts';
import { findForgottenRenames, type ForgottenRename } from '../../reconcile/forgotten-renames.ts';
import type { CompiledFile } from '../../source/compile.ts';

const forgottenIn = (steps: readonly Step[], { desired }: CompiledFile, isCertain: boolean): ForgottenRename[] =>
  findForgottenRenames(kinds, steps, desired).filter(({ sameness }) => sameness.isCertain === isCertain);

/** Refuses to remove what the plan makes again under another name, as far as that is certain. */
export const guardRenames = (steps: readonly Step[], file: CompiledFile): Violation[] =>
  forgottenIn(steps, file, true).map((one) => {
    const { noun, removed, made } = one;
    const [old, name] = [nameOf(removed), nameOf(made)];
    return {
      code: 'forgotten-rename',
      message: sentence(one),
      allow: `If they are one ${noun}, write previously: ${JSON.stringify(old)} under ${name}${placeOf(made)}: then it is renamed. If ${name} is another ${noun}, write previously: null there.`,
    };
  });

/** Tells of what looks like that. */
export const renameWarnings = (steps: readonly Step[], file: CompiledFile): Warning[] =>
  forgottenIn(steps, file, false).map((one) => {
    const { noun, made, removed } = one;
    const [place] = made.places ?? [];
    return {
      code: 'perhaps-renamed',
      message: `${sentence(one)} To rename it, write previously: ${JSON.stringify(nameOf(removed))} under ${nameOf(made)}.`,
      ...(place && { place }),
      isRisk: true,
      aside: `${noun} ${nameOf(removed)} is deleted, though ${nameOf(made)} may be its new name`,
    };
  });

const sentence = ({ noun, removed, made, sameness: { what, effect } }: ForgottenRename): string =>
  `The ${noun} ${nameOf(removed)} would be deleted and ${nameOf(made)} created with ${what}, which ${effect}.`;

const nameOf = ({ kind, subjects, label }: Step): string => subjects[kind] ?? label;

const placeOf = ({ places: [place] = [] }: Step): string => (place ? ` (${place.file}:${place.line})` : '');
