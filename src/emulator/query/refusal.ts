/** An error of a service that takes forms, as it answers it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** IAM's wording for an action that the caller's identity doesn't allow. */
export const accessDenied = (callerArn: string, action: string, resource: string): Refusal =>
  new Refusal(
    403,
    'AccessDenied',
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
