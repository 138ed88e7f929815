/** An error as AWS answers it: `name` travels as `__type`, `members` beside `Message` in the body. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.members = members;
  }
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

export function quotaExceeded(message: string): ServiceError {
  return new ServiceError('ServiceQuotaExceededException', message);
}

export function throttled(message: string): ServiceError {
  return new ServiceError('ThrottlingException', message);
}

/** IAM's wording for an action that the caller's identity doesn't allow. */
export function accessDenied(callerArn: string, action: string, resource: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}
