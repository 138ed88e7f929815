import type { Key } from './address.ts';
import type { Step } from './plan.ts';
import type { State, Thing } from './state.ts';

/** What tells the things of a kind from all others, and remembers the type of their specs. */
export interface SpecKind<Spec> {
  name: string;
  key(spec: Spec): Key;
}

/** A thing of one kind. */
export type ThingOf<Spec, One extends Thing = Thing> = One & { readonly spec: Spec };

/** A step of one kind: what it creates was not there, and what it deletes will not be. */
export type StepOf<Spec> = Step &
  (
    | { action: 'create'; before?: undefined; after: Spec }
    | { action: 'update'; before: Spec; after: Spec }
    | { action: 'delete'; before: Spec; after?: undefined }
  );

// One list has things and steps of all kinds, without the types of their specs. Only this file gives them back.

export const isSpecOf = <Spec>({ name }: SpecKind<Spec>, kind: string, _spec: unknown): _spec is Spec => kind === name;

export const isThingOf = <Spec>({ name }: SpecKind<Spec>, thing: Thing): thing is ThingOf<Spec> => thing.kind === name;

export const isStepOf = <Spec>({ name }: SpecKind<Spec>, step: Step): step is StepOf<Spec> => step.kind === name;

/** The things of one kind, in the order in which they came. */
export const thingsOf = <Spec, One extends Thing>(
  { name }: SpecKind<Spec>,
  state: State<One>,
): readonly ThingOf<Spec, One>[] => state.of(name) as readonly ThingOf<Spec, One>[];

export const specsOf = <Spec>(kind: SpecKind<Spec>, state: State<Thing>): Spec[] =>
  thingsOf(kind, state).map(({ spec }) => spec);

export const stepsOf = <Spec>(kind: SpecKind<Spec>, steps: readonly Step[]): StepOf<Spec>[] =>
  steps.filter((step) => isStepOf(kind, step));

/** What a step is about: the thing as it will be, or as it is before it goes. */
export const specIn = <Spec>(step: StepOf<Spec>): Spec => (step.action === 'delete' ? step.before : step.after);
