import type { MiddlewareStack } from '@smithy/types';
import type { Aws } from '../connect.ts';

/** By IAM action: true where AWS answered it, or the words with which it was denied, were it only once. */
export type Answers = Map<string, true | { denied: string }>;

/** Notes from now on what AWS answers and what it denies. */
export function watchAnswers({
  ssoAdmin,
  identityStore,
  organizations,
}: Pick<Aws, 'ssoAdmin' | 'identityStore' | 'organizations'>): Answers {
  const answers: Answers = new Map();
  watch(ssoAdmin.middlewareStack, 'sso', answers);
  watch(identityStore.middlewareStack, 'identitystore', answers);
  watch(organizations.middlewareStack, 'organizations', answers);
  return answers;
}

function watch<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  service: string,
  answers: Answers,
): void {
  stack.add(
    (next, context) => async (args) => {
      const action = `${service}:${String(context['commandName']).replace(/Command$/, '')}`;
      const isAllowed = (): unknown => answers.has(action) || answers.set(action, true);
      try {
        const answer = await next(args);
        isAllowed();
        return answer;
      } catch (error) {
        const { name, message, Reason } = error as Error & { Reason?: string };
        if (name === 'AccessDeniedException' && !Reason?.startsWith('KMS_')) answers.set(action, { denied: message });
        // Who is told that there is none may ask.
        else if (name === 'ResourceNotFoundException') isAllowed();
        throw error;
      }
    },
    // Inside the retries, which give errors other names.
    { step: 'initialize', name: 'watchAnswers', priority: 'low' },
  );
}
