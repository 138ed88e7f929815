import { spawnSync } from 'node:child_process';
import * as identityStoreClient from '@aws-sdk/client-identitystore';
import * as organizationsClient from '@aws-sdk/client-organizations';
import * as ssoAdminClient from '@aws-sdk/client-sso-admin';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, test } from 'vitest';
import type { Shape, StringShape, StructureShape } from '../../src/emulator/core/shape.ts';
import { registry } from '../../src/emulator/resources/index.ts';
import { start } from './clients.ts';
import { send } from './wire.ts';

// What the emulator validates is held against two sources that it doesn't import: the schemas in the AWS SDK (members,
// types, what is required) and, where botocore is installed, AWS's API models (every constraint as well).

const services = [
  { name: 'sso-admin', version: '2020-07-20', shapes: shapesOf('sso-admin'), client: ssoAdminClient },
  { name: 'identitystore', version: '2020-06-15', shapes: shapesOf('identitystore'), client: identityStoreClient },
  { name: 'organizations', version: '2016-11-28', shapes: shapesOf('organizations'), client: organizationsClient },
];

/** Operations that neither the SDK's client nor most installed versions of botocore have yet. */
const newest = new Set(['DescribeIdentityStore', 'ListIdentityStores', 'UpdateIdentityStore']);
const olderThan = (shapes: Record<string, StructureShape>): [string, StructureShape][] =>
  Object.entries(shapes).filter(([operation]) => !newest.has(operation));

/** What each operation of the service takes. */
function shapesOf(name: string): Record<string, StructureShape> {
  const operations = registry.services.filter((service) => service.name === name).map(registry.operations);
  return Object.fromEntries(operations.flatMap(Object.entries).map(([operation, { shape }]) => [operation, shape]));
}

describe.each(services)('$name', ({ shapes, client }) => {
  test.each(olderThan(shapes))('%s has the members that the SDK knows', (operation, shape) => {
    const schema = (client as Record<string, unknown>)[`${operation}$`] as OperationSchema;
    expect(outline(shape)).toEqual(outlineOfSchema(NormalizedSchema.of(schema[4])));
  });
});

const models = readModels();

describe.each(services)('$name', ({ name, shapes }) => {
  const model = models?.[name];
  test.for(Object.entries<StructureShape>(shapes))(
    '%s has the constraints of the API model',
    ([operation, shape], context) => {
      if (!model) return context.skip('botocore, which brings the models, is not installed');
      if (newest.has(operation) && !model.operations[operation]) {
        return context.skip('the installed botocore does not have this operation yet');
      }
      const input = model.operations[operation]?.input?.shape;
      const modelled = input === undefined ? structureOf({}, []) : shapeOf(model, input);
      expect(withoutNewer(shape, modelled)).toEqual(modelled);
    },
  );
});

/** What a request ends with before its operation looks for the instance. */
const unreached = ['ValidationException', 'InternalServerException'];

test('an instance that is not there is refused with an error that the API model declares', async (context) => {
  const model = models?.['sso-admin'];
  if (!model) return context.skip('botocore, which brings the models, is not installed');
  const { emulator } = await start();
  const ofInstance = Object.entries(shapesOf('sso-admin')).filter(([, { required }]) => required['InstanceArn']);
  const refused = ofInstance.map(async ([operation, shape]) => {
    const { text } = await send(emulator.url, `SWBExternalService.${operation}`, example(shape) as object);
    const { __type: error } = JSON.parse(text) as { __type: string };
    const declared = model.operations[operation]?.errors?.map(({ shape }) => shape) ?? [];
    return { operation, error, isDeclared: declared.includes(error), isReached: !unreached.includes(error) };
  });
  const found = await Promise.all(refused);
  expect(found.length).toBeGreaterThan(40);
  expect(found.filter(({ isDeclared, isReached }) => !isDeclared || !isReached)).toEqual([]);
});

/** A value that a shape lets through, of an instance and of other things that are not there. */
function example(shape: Shape, name = ''): unknown {
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.union ? shape.optional : shape.required).map(([key, member]) => [
          key,
          example(member, key),
        ]),
      );
    case 'list':
      return [example(shape.member)];
    case 'map':
      return {};
    case 'boolean':
      return true;
    case 'integer':
      return shape.min ?? 0;
    case 'document':
      return 'x';
    case 'string':
      return shape.values?.[0] ?? examples.find(([pattern]) => pattern.test(name))?.[1] ?? 'x';
  }
}

const examples: readonly [RegExp, string][] = [
  [/^InstanceArn$/, 'arn:aws:sso:::instance/ssoins-ffffffffffffffff'],
  [/^PermissionSetArn$/, 'arn:aws:sso:::permissionSet/ssoins-ffffffffffffffff/ps-ffffffffffffffff'],
  [/^ApplicationProviderArn$/, 'arn:aws:sso::aws:applicationProvider/custom'],
  [/^ManagedPolicyArn$/, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  [/^(TargetId|AccountId)$/, '333333333333'],
  [/(PrincipalId|RequestId)$/, '00000000-0000-4000-8000-000000000000'],
  [/^RegionName$/, 'us-east-1'],
  [/Url$/, 'https://example.com'],
  [/^InlinePolicy$/, '{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}'],
];

type Outline = string | { of: Outline } | { required: string[]; members: Record<string, Outline> };

/** A shape without its constraints. */
function outline(shape: Shape): Outline {
  if (shape.type === 'list') return { of: outline(shape.member) };
  if (shape.type === 'map') return { of: outline(shape.value) };
  if (shape.type !== 'structure') return shape.type;
  const members = Object.entries({ ...shape.required, ...shape.optional });
  return {
    required: Object.keys(shape.required).sort(),
    members: Object.fromEntries(members.map(([name, member]) => [name, outline(member)])),
  };
}

/** `[kind, namespace, name, traits, input, output]`, as the SDK's generated code has it. */
type OperationSchema = [number, string, string, number, Parameters<typeof NormalizedSchema.of>[0]];

function outlineOfSchema(schema: NormalizedSchema): Outline {
  if (schema.isUnitSchema()) return { required: [], members: {} };
  if (schema.isStructSchema()) {
    const members = Object.entries(schema.getMemberSchemas());
    // The names of a structure's members, the required ones first, and how many those are.
    const raw = schema.getSchema() as unknown as { 4: string[]; 6?: number };
    return {
      required: raw[4].slice(0, raw[6] ?? 0).sort(),
      members: Object.fromEntries(members.map(([name, member]) => [name, outlineOfSchema(member)])),
    };
  }
  if (schema.isListSchema() || schema.isMapSchema()) return { of: outlineOfSchema(schema.getValueSchema()) };
  if (schema.isDocumentSchema()) return 'document';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() ? 'integer' : 'string';
}

interface ModelShape {
  type: string;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  document?: boolean;
  union?: boolean;
}

interface Model {
  operations: Record<string, { input?: { shape: string }; errors?: { shape: string }[] }>;
  shapes: Record<string, ModelShape>;
}

/** The models by service; undefined where Python or botocore is missing. */
function readModels(): Record<string, Model> | undefined {
  const program = [
    'import botocore, gzip, json, os',
    `files = ${JSON.stringify(Object.fromEntries(services.map(({ name, version }) => [name, `${name}/${version}`])))}`,
    'root = os.path.join(botocore.__path__[0], "data")',
    'read = lambda path: json.load(gzip.open(os.path.join(root, path, "service-2.json.gz")))',
    'print(json.dumps({name: read(path) for name, path in files.items()}))',
  ].join('\n');
  const { status, stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? (JSON.parse(stdout) as Record<string, Model>) : undefined;
}

function structureOf(members: Record<string, Shape>, required: string[]): StructureShape {
  const entries = Object.entries(members);
  return {
    type: 'structure',
    required: Object.fromEntries(entries.filter(([name]) => required.includes(name))),
    optional: Object.fromEntries(entries.filter(([name]) => !required.includes(name))),
  };
}

/** botocore can be older than the SDK: members that it doesn't know yet are the SDK's to judge. */
function withoutNewer(shape: StructureShape, modelled: Shape): StructureShape {
  if (modelled.type !== 'structure') return shape;
  const known = Object.keys({ ...modelled.required, ...modelled.optional });
  const optional = Object.fromEntries(Object.entries(shape.optional).filter(([name]) => known.includes(name)));
  return { ...shape, optional };
}

/** A shape of the model in the emulator's form. */
function shapeOf(model: Model, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}`);
  const { min, max } = shape;
  const at = (reference: { shape: string } | undefined): Shape => shapeOf(model, reference?.shape ?? '');
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if (shape.document) return { type: 'document' };
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).map(([member, target]) => [member, at(target)] as const);
      const structure = structureOf(Object.fromEntries(members), shape.required ?? []);
      return shape.union ? { ...structure, union: true } : structure;
    }
    case 'list':
      return { type: 'list', member: at(shape.member), ...limits };
    case 'map':
      return { type: 'map', key: at(shape.key) as StringShape, value: at(shape.value), ...limits };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', ...limits };
    default:
      return {
        type: 'string',
        ...limits,
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
        ...(shape.enum && { values: shape.enum }),
      };
  }
}
