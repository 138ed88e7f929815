import type { Asked } from './description.ts';
import type { Account, World } from './world.ts';

// What every route of the stand-in is.

export type Level = 'read' | 'write';
/** As under `permissions:` in a workflow. */
export type Permissions = Readonly<Record<string, Level>>;

export interface Request extends Asked {
  world: World;
  /** What stands in the path. */
  params: Readonly<Record<string, string>>;
  author: Account;
  /** Whether the token is of an administrator of the repository. */
  mayAdminister: boolean;
}

/** An error as GitHub answers it. */
export interface Failure {
  status: number;
  message: string;
}

export type Answer =
  | { status?: number; json: unknown }
  /** Of which a page is answered; `under` names the list where it is a member of the answer. */
  | { list: readonly unknown[]; under?: string; byCursor?: boolean }
  | { bytes: Uint8Array }
  | { status: 204 | 303; none: true }
  | Failure;

export interface Handler {
  /** Any of these permissions is enough. */
  needs: readonly (readonly [name: string, level: Level])[];
  /** Asked of a fork as well, which is public. */
  inForks?: boolean;
  answer(request: Request): Answer;
}

export const notFound: Failure = { status: 404, message: 'Not Found' };

export const found = <Thing>(thing: Thing | undefined, answer: (thing: Thing) => Answer): Answer =>
  thing === undefined ? notFound : answer(thing);

const longest = 65_536;

/** GitHub takes no longer body, and no empty one. */
export const bodyFault = (body: string): Failure | undefined =>
  body.trim() === ''
    ? { status: 422, message: 'Validation Failed: body cannot be blank' }
    : Array.from(body).length > longest
      ? { status: 422, message: `Validation Failed: body is too long (maximum is ${longest} characters)` }
      : undefined;
