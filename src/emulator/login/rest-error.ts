/** An error of a REST service: the name travels in a header, the body is the service's own. */
export class RestError extends Error {
  override readonly name: string;
  readonly status: number;
  readonly body: object;

  constructor(name: string, status: number, body: object) {
    super(name);
    this.name = name;
    this.status = status;
    this.body = body;
  }
}
