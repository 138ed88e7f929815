import * as identityStoreClient from '@aws-sdk/client-identitystore';
import * as organizationsClient from '@aws-sdk/client-organizations';
import * as ssoAdminClient from '@aws-sdk/client-sso-admin';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, test } from 'vitest';
import type { Shape, StructureShape } from '../../src/emulator/core/shape.ts';
import { registry } from '../../src/emulator/resources/index.ts';
import { start } from './clients.ts';
import { installedModel, type Model, readModel, shapeOf, structureOf } from './models.ts';
import { send } from './wire.ts';

// What the emulator takes and answers is held against sources that it doesn't import: the schemas in the AWS SDK (members,
// types, what is required) and AWS's API models (every constraint as well): those in `models`, and that of Organizations where
// botocore is installed.

const services = [
  { name: 'sso-admin', shapes: shapesOf('sso-admin'), client: ssoAdminClient },
  { name: 'identitystore', shapes: shapesOf('identitystore'), client: identityStoreClient },
  { name: 'organizations', shapes: shapesOf('organizations'), client: organizationsClient },
];

/** Operations that the SDK's client does not have yet. */
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
    const known = outlineOfSchema(NormalizedSchema.of(schema[4]));
    expect(outline(withoutNewer(shape, Object.keys((known as Structure).members)))).toEqual(known);
  });
});

const models: Record<string, Model | undefined> = {
  'sso-admin': readModel('sso-admin'),
  identitystore: readModel('identitystore'),
  organizations: installedModel('organizations/2016-11-28'),
};

describe.each(services)('$name', ({ name, shapes }) => {
  const model = models[name];
  test.for(Object.entries<StructureShape>(shapes))(
    '%s has the constraints of the API model',
    ([operation, shape], context) => {
      if (!model) return context.skip('botocore, which brings the models, is not installed');
      const input = model.operations[operation]?.input?.shape;
      const modelled = input === undefined ? structureOf({}, []) : shapeOf(model, input);
      expect(shape).toEqual(modelled);
    },
  );
});

/** What a request ends with before its operation looks for the instance. */
const unreached = ['ValidationException', 'InternalServerException'];

test('an instance that is not there is refused with an error that the API model declares', async () => {
  const model = readModel('sso-admin');
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

type Structure = { required: string[]; members: Record<string, Outline> };
type Outline = string | { of: Outline } | Structure;

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

/** The emulator follows the newest API model, which the SDK may not: what it doesn't know yet is the model's to judge. */
function withoutNewer(shape: StructureShape, known: readonly string[]): StructureShape {
  const optional = Object.fromEntries(Object.entries(shape.optional).filter(([name]) => known.includes(name)));
  return { ...shape, optional };
}
