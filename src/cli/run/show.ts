import { printPlan, type PrintFlags } from '../print-plan.ts';
import { readPlan } from '../../planner/saved-plan.ts';
import { exitCodes, type Io } from '../io.ts';

/** Prints a saved plan. Reads nothing but files. */
export function show(io: Io, flags: PrintFlags, file: string): number {
  printPlan(io, flags, readPlan(file));
  return exitCodes.done;
}
