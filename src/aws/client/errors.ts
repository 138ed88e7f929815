import { ReportedError } from '../../core/errors.ts';

type Failure = Error & { code?: string; Reason?: string; $metadata?: { httpStatusCode?: number; requestId?: string } };

/**
 * Says an AWS error so that a person knows what to do. Errors that the callers handle by name (conflicts, absent
 * resources) pass through; `action` is the IAM action that was tried.
 */
export function explainAwsError(error: Failure, action: string): Error {
  if (error.Reason?.startsWith('KMS_')) {
    return new ReportedError(
      'encryption-key',
      `The encryption key of Identity Center is the trouble with ${action}: ${error.Reason}: ${error.message}`,
      'Check the customer managed KMS key of the instance and its key policy.',
    );
  }
  // Its name in services that take forms; of another service's action it is about the role that credentials ask for.
  if (error.name === 'AccessDenied' && action.startsWith('iam:')) return new AccessDeniedError(action, error.message);
  switch (error.name) {
    case 'CredentialsProviderError':
      return new ReportedError(
        'no-credentials',
        `No usable AWS credentials were found: ${error.message}`,
        'Run `aws sso login`, set AWS_PROFILE or --profile, or try the file without an account: add --local.',
      );
    case 'ExpiredTokenException':
    case 'ExpiredToken':
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
      return new ReportedError(
        'bad-credentials',
        `AWS does not accept these credentials: ${error.message}`,
        'They are wrong or have expired: sign in again, or choose others with --profile.',
      );
    case 'AccessDeniedException':
      return new AccessDeniedError(action, error.message);
    default:
  }
  const isUnreachable = ['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'ETIMEDOUT', 'ERR_INVALID_URL'].includes(
    error.code ?? '',
  );
  // What the SDK calls a connection that was closed, or that stayed silent for too long.
  if (isUnreachable || error.name === 'TimeoutError') {
    return new ReportedError(
      'no-connection',
      `AWS can't be reached for ${action}: ${error.message}`,
      'Check the network, the region, and AWS_ENDPOINT_URL settings.',
    );
  }
  if (error.name === 'SyntaxError') {
    return new ReportedError(
      'unreadable-answer',
      `The answer to ${action} is not what the service promises: ${error.message.split('\n')[0]}`,
      'Is the endpoint really AWS (AWS_ENDPOINT_URL, a proxy)?',
    );
  }
  return error;
}

/** What else may be the cause: the identity store can refuse whoever comes from another network, with the same error. */
const elsewhere = (action: string): string =>
  action.startsWith('identitystore:')
    ? ' If the role has the right, network rules of the identity store may be the cause: `idc doctor` looks at them.'
    : '';

/** A call that the caller may not make; names the IAM action, so that an administrator knows what to grant. */
export class AccessDeniedError extends ReportedError {
  readonly action: string;

  constructor(action: string, message: string) {
    super(
      'access-denied',
      `AWS denies ${action}: ${message || 'no reason given'}`,
      `Grant ${action} to this role. A part that can't be read is never taken for an empty one, so nothing was done.${elsewhere(action)}`,
    );
    this.action = action;
  }
}
