import type { Actions } from './actions.ts';

/** A type of resource that a request of an action can name. */
export interface ResourceType {
  /** Every form of its ARNs; what varies is one character that no pattern has. */
  arns: readonly string[];
  /** True where each request names one. */
  required: boolean;
}

export type ResourceTypes = (action: number) => readonly ResourceType[];

/** What varies in an ARN: a character that no policy has, so that only `*` and `?` take it in. */
const anything = '\u0001';

/** An ARN of which only the partition is known. */
export const anyArn = `arn:aws:${anything}:${anything}:${anything}:${anything}`;

/**
 * The types of each action.
 * @param lines of `data/resource-types.json`: for each service its ARNs, by blanks, the forms of one by commas; then for each
 * service the types of its actions, in the order of `data/actions.json`: numbers of ARNs in base 36, `?` where optional.
 */
export function resourceTypesOf(lines: readonly string[], { services, service }: Actions): ResourceTypes {
  const indexes = new Map(services.map(({ prefix }, index) => [prefix, index]));
  const read = new Map<string, ResourceType[][]>();
  return (action) => {
    const { prefix, first } = service(action);
    const index = indexes.get(prefix) ?? -1;
    const types = read.get(prefix) ?? readService(lines[index] ?? '', lines[services.length + index] ?? '', prefix);
    read.set(prefix, types);
    return types[action - first] ?? [];
  };
}

function readService(arnsLine: string, typesLine: string, prefix: string): ResourceType[][] {
  const arns = arnsLine
    .split(' ')
    .map((forms) =>
      forms.split(',').map((form) => `arn:aws:${form.replace('~', `${prefix}:*:*:`)}`.replaceAll('*', anything)),
    );
  return typesLine.split(' ').map((types) =>
    types === ''
      ? []
      : types.split(',').map((type) => ({
          arns: arns[Number.parseInt(type, 36)] ?? [],
          required: !type.endsWith('?'),
        })),
  );
}

/** The bits of `Statement.wholeTypes` that an action needs to be taken in at every resource. */
export function everyType(types: readonly ResourceType[]): number {
  const required = types.filter((type) => type.required).length;
  return required === 0 ? 1 : 2 ** required - 1;
}
