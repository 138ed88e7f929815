import { ServiceError } from '../../core/errors.ts';
import { hexId } from '../../core/ids.ts';
import type { Table } from '../../core/table.ts';

/** What a row keeps of the request that created it. */
export interface CreatedWithToken {
  readonly ClientToken?: string;
  /** A digest of what was asked for; rows of older stores have none. */
  readonly ClientRequest?: string;
}

interface CreateInput {
  readonly ClientToken?: string;
}

export function clientTokenOf(input: CreateInput): CreatedWithToken {
  const { ClientToken } = input;
  return ClientToken === undefined ? {} : { ClientToken, ClientRequest: digestOf(input) };
}

/**
 * What an earlier request with the same ClientToken created; undefined where this is the first. API model: with other
 * parameters "the retry fails with an IdempotentParameterMismatch error". How long tokens are remembered is not
 * documented: here as long as what they created is there.
 */
export function createdBefore<Row extends CreatedWithToken>(
  table: Table<Row, 'clientToken'>,
  input: CreateInput,
): Row | undefined {
  const [found] = input.ClientToken === undefined ? [] : table.by('clientToken', input.ClientToken);
  if (found?.ClientRequest !== undefined && found.ClientRequest !== digestOf(input)) {
    throw new ServiceError(
      'IdempotentParameterMismatch',
      `The ClientToken ${input.ClientToken} was used before with other parameters.`,
    );
  }
  return found;
}

/** Checked input has its members in the order of the shape, whatever order they came in. */
function digestOf(input: CreateInput): string {
  return hexId(JSON.stringify(input));
}
