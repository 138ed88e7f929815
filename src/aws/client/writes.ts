/** One attempt of a call that changes something. */
export interface WriteAttempt {
  /** The IAM action, `sso:CreateAccountAssignment`. */
  action: string;
  /** As AWS takes it. */
  input: object;
  /** From 1. */
  attempt: number;
}

/** How it ended, as far as this side knows. */
export interface WriteEnd extends WriteAttempt {
  /** `ok`, or the error's name. */
  outcome: string;
  /** AWS has said that it did it, or that it did not; without that it may have. */
  isAnswered: boolean;
  message?: string;
  /** CloudTrail has it as `requestID`. */
  awsRequestId?: string;
  /** Of an asynchronous request, by which its status is asked. */
  statusRequestId?: string;
}

/** Hears of every write before it is sent and after it has ended. What `before` throws keeps the call from being sent. */
export interface WriteWatcher {
  before(attempt: WriteAttempt): void;
  after(end: WriteEnd): void;
}

/** Reads have other verbs; what is unknown counts as a write. */
export const isWrite = (operation: string): boolean => !/^(List|Describe|Get|IsMember)/.test(operation);

interface Answer {
  $metadata?: { requestId?: string | undefined };
  [member: string]: unknown;
}

/** What an answer tells of the request that it belongs to. */
export function idsOf(answer: unknown): Pick<WriteEnd, 'awsRequestId' | 'statusRequestId'> {
  const { $metadata, ...members } = (answer ?? {}) as Answer;
  const status = Object.values(members).find(
    (member): member is { RequestId: string } =>
      typeof member === 'object' &&
      member !== null &&
      typeof (member as { RequestId?: unknown }).RequestId === 'string',
  );
  return {
    ...($metadata?.requestId !== undefined && { awsRequestId: $metadata.requestId }),
    ...(status && { statusRequestId: status.RequestId }),
  };
}
