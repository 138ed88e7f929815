import type { Context, Handlers } from './context.ts';
import type { ServiceError } from './errors.ts';
import { judgeRequest } from './policy/judge.ts';
import type { StructureShape } from './shape.ts';
import { describeViolations, readInput } from './validate.ts';

export type ServiceName = 'sso-admin' | 'identitystore' | 'organizations' | 'sts';

export interface Service {
  readonly name: ServiceName;
  /** What `X-Amz-Target` has before the dot. */
  readonly target: string;
  readonly invalid: Context['invalid'];
  /** What the operation makes of raw JSON; undefined where the service (or the emulator) has no such operation. */
  operation(name: string): ((context: Context, raw: unknown) => object) | undefined;
}

/** Who may do this? Throws what the service answers to a caller who may not. */
export type Authorize = (context: Context, input: Readonly<Record<string, unknown>>) => void;

export function defineService<Shapes extends Record<string, StructureShape>>(
  name: ServiceName,
  target: string,
  shapes: Shapes,
  handlers: Handlers<Shapes>,
  authorize: Authorize,
  invalid: (message: string, reason: string) => ServiceError,
): Service {
  return {
    name,
    target,
    invalid,
    operation(operation) {
      const shape = Object.hasOwn(shapes, operation) ? shapes[operation] : undefined;
      if (!shape) return undefined;
      // The table pairs each shape with the handler of what it lets through; one by one the compiler can't tell.
      const handler = handlers[operation as keyof Shapes] as (context: Context, input: unknown) => object;
      return (context, raw) => {
        const { input, violations } = readInput(shape, raw);
        const [first] = violations;
        if (first) throw invalid(describeViolations(violations), first.reason);
        const checked = input as Readonly<Record<string, unknown>>;
        judgeRequest(name, context, checked);
        authorize(context, checked);
        return handler(context, input);
      };
    },
  };
}

/** The services' operations are named after what they do; these change nothing. */
export function isRead(operation: string): boolean {
  return /^(Describe|Get|IsMember|List)/.test(operation);
}
