import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { identityJsonSchema, includedJsonSchema } from '../../../src/config/schema/json-schema.ts';
import { diagnose, person } from '../support.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(identityJsonSchema());
const accepts = (text: string): boolean => validate(parse(text));

it('the schema in the repository is the one that the code makes: npm run schemas', () => {
  expect(JSON.parse(readFileSync('schemas/identity.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(identityJsonSchema())),
  );
});

it('so is the one of included files', () => {
  expect(JSON.parse(readFileSync('schemas/included.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(includedJsonSchema())),
  );
});

it('the schema accepts the example', () => {
  validate(parse(readFileSync('identity.yaml', 'utf8')));
  expect(validate.errors ?? []).toEqual([]);
});

it('every key that an editor can offer is described', () => {
  const bare: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (node === null || typeof node !== 'object') return;
    const schema = node as Record<string, unknown>;
    for (const [key, value] of Object.entries((schema['properties'] ?? {}) as Record<string, unknown>)) {
      if (value !== true && (value as { description?: string }).description === undefined) bare.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
    for (const key of ['items', 'additionalProperties', 'then', 'else']) visit(schema[key], path);
    for (const key of ['anyOf', 'oneOf', 'allOf'])
      for (const part of (schema[key] ?? []) as unknown[]) visit(part, path);
  };
  visit(identityJsonSchema(), '');
  expect(bare).toEqual([]);
});

describe('the schema and the loader agree', () => {
  it.each([
    ['nothing but a version', 'version: 1', true],
    ['no version', 'users: {}', false],
    ['another version', 'version: 2', false],
    ['an unknown section', 'version: 1\nusrs: {}', false],
    ['an account id without quotes', 'version: 1\naccounts: { a: 111122223333 }', false],
    ['a user', `version: 1\nusers: { a: ${person} }`, true],
    ['a user without a name', 'version: 1\nusers: { a: { email: a@b } }', false],
    ['a user name with a space', `version: 1\nusers: { a b: ${person} }`, false],
    ['a user name in another script', `version: 1\nusers: { 花子: ${person} }`, true],
    ['an unknown attribute', 'version: 1\nusers: { a: { givenName: a, familyName: b, email: a@b, titel: x } }', false],
    ['accounts by name', 'version: 1\nassignments: [{ groups: [g], permissionSets: [p], accounts: [a] }]', true],
    ['accounts by pattern', 'version: 1\nassignments: [{ groups: [g], permissionSets: [p], accounts: ["a-*"] }]', true],
    [
      'accounts by unit',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], organizationalUnits: [A/B, ou-a1b2-c3d4e5f6] }]',
      true,
    ],
    [
      'accounts by tags',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], accountTags: { env: prod } }]',
      true,
    ],
    ['all accounts', 'version: 1\nassignments: [{ groups: [g], permissionSets: [p], all: true }]', true],
    [
      'all but some',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], all: true, except: { accounts: [a], organizationalUnits: [A], accountTags: { x: y } } }]',
      true,
    ],
    [
      'no account at all',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], expires: 2027-01-31 }]',
      false,
    ],
    [
      'accounts in two ways',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], accounts: [a], all: true }]',
      false,
    ],
    ['all that is not true', 'version: 1\nassignments: [{ groups: [g], permissionSets: [p], all: false }]', false],
    [
      'an exception alone',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], except: { accounts: [a] } }]',
      false,
    ],
    [
      'an exception that is unknown',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], all: true, except: { account: [a] } }]',
      false,
    ],
    ['members', 'version: 1\ngroups: { a: { members: [] } }', true],
    ['a member for a time', 'version: 1\ngroups: { a: { members: [b, { user: c, expires: 2027-01-31 }] } }', true],
    ['a member without a name', 'version: 1\ngroups: { a: { members: [{ expires: 2027-01-31 }] } }', false],
    [
      'a time without a zone',
      'version: 1\ngroups: { a: { members: [{ user: c, expires: 2027-01-31T18:00:00 }] } }',
      false,
    ],
    [
      'a time with its zone',
      'version: 1\ngroups: { a: { members: [{ user: c, expires: 2027-01-31T18:00:00+09:00 }] } }',
      true,
    ],
    [
      'an assignment for a time',
      'version: 1\nassignments: [{ users: [a], permissionSets: [b], accounts: [c], expires: 2027-01-31 }]',
      true,
    ],
    ['a duration', 'version: 1\npermissionSets: { a: { sessionDuration: PT8H } }', true],
    ['no duration', 'version: 1\npermissionSets: { a: { sessionDuration: 8 hours } }', false],
    [
      'a policy',
      'version: 1\npermissionSets: { a: { inlinePolicy: { Statement: { Effect: Allow, Action: "*", Resource: "*" } } } }',
      true,
    ],
    [
      'a policy with a principal',
      'version: 1\npermissionSets: { a: { inlinePolicy: { Statement: { Effect: Allow, Principal: "*", Action: "*", Resource: "*" } } } }',
      false,
    ],
    ['an assignment', 'version: 1\nassignments: [{ users: [a], permissionSets: [b], accounts: [c] }]', true],
    ['an assignment to nobody', 'version: 1\nassignments: [{ permissionSets: [b], accounts: [c] }]', false],
    ['an assignment of nothing', 'version: 1\nassignments: [{ users: [a], permissionSets: [], accounts: [c] }]', false],
    ['an application', 'version: 1\napplicationAssignments: [{ users: [a], applications: [b] }]', true],
    ['an application of nobody', 'version: 1\napplicationAssignments: [{ applications: [b] }]', false],
    ['an ignored application', 'version: 1\nignore: { applications: ["A*"] }', true],
    ['attributes', 'version: 1\naccessControlAttributes: { a: "${path:title}", b: ["${path:x[y eq true].z}"] }', true],
    ['no attributes', 'version: 1\naccessControlAttributes: {}', true],
    ['an attribute of two sources', 'version: 1\naccessControlAttributes: { a: [b, c] }', false],
    ['an attribute with a wrong key', 'version: 1\naccessControlAttributes: { "a!": b }', false],
    ['an attribute with a wrong source', 'version: 1\naccessControlAttributes: { a: "b!" }', false],
    [
      'more attributes than the service takes',
      `version: 1\naccessControlAttributes: { ${Array.from({ length: 51 }, (_, index) => `a${index}: b`).join(', ')} }`,
      false,
    ],
    ['a rule', 'version: 1\nrules: { deny: [{ groups: [a], accounts: ["p*"] }], directUserAssignments: false }', true],
    ['a rule of nothing', 'version: 1\nrules: { deny: [{ groups: [] }] }', false],
    ['a longest session', 'version: 1\nrules: { maxSessionDuration: [{ accounts: ["*"], duration: 4h }] }', true],
    ['no longest session', 'version: 1\nrules: { maxSessionDuration: [{ accounts: ["*"], duration: 4 }] }', false],
    ['a key for anchors', 'version: 1\nx-common: { a: 1 }', true],
    [
      'a unit without the units in it',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], organizationalUnits: [{ unit: W, subUnits: false }] }]',
      true,
    ],
    [
      'a unit with an unknown key',
      'version: 1\nassignments: [{ groups: [g], permissionSets: [p], organizationalUnits: [{ unit: W, deep: false }] }]',
      false,
    ],
    ['a share', 'version: 1\nsafety: { maxRemovals: 25% }', true],
    ['too large a share', 'version: 1\nsafety: { maxRemovals: 250% }', false],
    [
      'an external directory',
      'version: 1\nidentityCenter: { directory: external }\nusers: { a: { cli: {} } }\ngroups: { b: {} }',
      true,
    ],
    [
      'attributes in an external directory',
      `version: 1\nidentityCenter: { directory: external }\nusers: { a: ${person} }`,
      false,
    ],
    [
      'members in an external directory',
      'version: 1\nidentityCenter: { directory: external }\ngroups: { a: { members: [] } }',
      false,
    ],
  ])('about %s', (_, text, expected) => {
    expect(accepts(text)).toBe(expected);
    expect(diagnose(text).length === 0).toBe(expected);
  });
});
