import type { Level } from './action-lines.ts';
import type { Actions } from './actions.ts';
import { addBit, type Bits, noBits } from './bits.ts';
import type { ActionClass } from '../core/policy-difference.ts';
import { rankOf } from './notable-actions.ts';

/** What reads by its name, though AWS gives some of it the level of a write. */
const reading = /^(?:BatchDescribe|BatchGet|BatchList|Describe|Get|List|Query|Search|View)(?![a-z])/;

/** The class of every action. AWS's levels are too coarse alone: kms:Decrypt and iam:PassRole are writes there. */
export const classesOf = ({ count, name, level }: Actions): ActionClass[] =>
  Array.from({ length: count }, (_, action) => classOf(name(action), level(action)));

/** The actions of the classes that manage access or write. */
export function writingOf(classes: readonly ActionClass[]): Bits {
  const found = noBits(classes.length);
  for (const [action, kind] of classes.entries()) {
    if (kind === 'manageAccess' || kind === 'write') addBit(found, action);
  }
  return found;
}

function classOf(name: string, level: Level): ActionClass {
  const rank = rankOf(name);
  if (rank !== undefined) return rank <= 2 ? 'manageAccess' : rank === 3 ? 'readData' : 'write';
  if (reading.test(name.slice(name.indexOf(':') + 1))) return 'read';
  if (level === 'permissions') return 'manageAccess';
  return level === 'write' || level === 'tag' ? 'write' : 'read';
}
