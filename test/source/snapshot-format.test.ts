import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSnapshot, renderSnapshot, snapshotJsonSchema, type Snapshot } from '../../src/source/snapshot-format.ts';
import { instance } from '../render/plan-builder.ts';
import { depth } from '../support/depth.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(snapshotJsonSchema() as object);

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const whole = fc
  .record({
    texts: fc.array(anyText, { minLength: 8, maxLength: 8 }),
    isLocal: fc.boolean(),
    knowsAccounts: fc.boolean(),
    hasCaller: fc.boolean(),
  })
  .map(
    ({
      texts: [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''],
      isLocal,
      knowsAccounts,
      hasCaller,
    }): Snapshot => {
      const id = '111122223333';
      return {
        takenAt: '2026-06-15T03:00:00.000Z',
        isLocal,
        addedFields: { user: [a, b] },
        context: {
          instance,
          organization: knowsAccounts
            ? { managementAccountId: id, accounts: new Map([[id, { id, name: a, state: 'ACTIVE' }]]) }
            : { unreadable: b },
          lookedUp: {
            application: [
              { arn: c, name: d, isNameShared: true },
              { arn: e, name: f },
            ],
          },
          caller: hasCaller ? { accountId: id, arn: c, identityCenter: { userName: d, permissionSet: e } } : undefined,
        },
        reading: {
          user: [
            {
              id: f,
              spec: { userName: g, givenName: '', familyName: h, displayName: a, email: b, address: { country: c } },
            },
          ],
          group: [{ id: d, spec: { name: e, description: f } }],
          membership: [{ id: g, spec: { group: h, user: a } }],
          'permission-set': [
            {
              id: b,
              spec: {
                name: c,
                sessionDuration: 'PT1H',
                managedPolicies: [d],
                customerManagedPolicies: [{ name: e, path: f }],
                inlinePolicy: { Statement: g },
                tags: { [`tag ${h}`]: a },
                provisioned: { stale: [] },
                accounts: [id],
              },
            },
          ],
          assignment: [{ spec: { principalType: 'USER', principal: f, permissionSet: b, account: id } }],
          'application-assignment': [
            { spec: { principalType: 'GROUP', principal: g, application: c, applicationName: d, isNameShared: true } },
          ],
          'access-control-configuration': [{ spec: { attributes: { [`key ${e}`]: h }, failure: a } }],
        },
      };
    },
  );

it('the published schema is current (npm run schemas writes it)', () => {
  expect(JSON.parse(readFileSync('schemas/snapshot.schema.json', 'utf8'))).toEqual(snapshotJsonSchema());
});

it('whatever the names are: what is written follows the schema, is read back as it was, and shows no control character', () => {
  fc.assert(
    fc.property(whole, (snapshot) => {
      const text = renderSnapshot(snapshot);
      validate(JSON.parse(text));
      expect(validate.errors ?? []).toEqual([]);
      expect(parseSnapshot(text)).toEqual(snapshot);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    depth(100),
  );
});

describe('what is not what was written is refused', () => {
  const [sample] = fc.sample(whole, { numRuns: 1, seed: 1 });
  const text = renderSnapshot(sample as Snapshot);
  type Content = Record<string, unknown> & { reading: Record<string, { spec: object }[]> };
  const edited = (change: (content: Content) => object): string => {
    const content = JSON.parse(text) as Content;
    return JSON.stringify({ ...content, ...change(content) });
  };

  it.each([
    ['half of it', text.slice(0, text.length / 2), 'snapshot-json'],
    ['nothing', '', 'snapshot-json'],
    ['null', 'null', 'snapshot-shape'],
    ['a list', '[]', 'snapshot-shape'],
    ['a plan', readFileSync('test/scenarios/orphans are counted/plan.json', 'utf8'), 'snapshot-shape'],
    ['an object', '{}', 'snapshot-shape'],
    ['an earlier format', edited(() => ({ formatVersion: 1 })), 'snapshot-format'],
    ['a later format', edited(() => ({ formatVersion: 3, more: true })), 'snapshot-format'],
    ['no digest', edited(() => ({ digest: undefined })), 'snapshot-shape'],
    ['another time', edited(() => ({ takenAt: '2026-06-16T03:00:00.000Z' })), 'snapshot-digest'],
    ['a time that is none', edited(() => ({ takenAt: 'today' })), 'snapshot-shape'],
    ['a kind that is missing', edited(({ reading: { user: _user, ...reading } }) => ({ reading })), 'snapshot-digest'],
    ['a kind that there is not', edited(({ reading }) => ({ reading: { ...reading, robot: [] } })), 'snapshot-shape'],
    ['a thing that is missing', edited(({ reading }) => ({ reading: { ...reading, user: [] } })), 'snapshot-digest'],
    [
      'a thing of another shape',
      edited(({ reading }) => ({ reading: { ...reading, user: [{ id: 'a', spec: { name: 'a' } }] } })),
      'snapshot-shape',
    ],
    [
      'a member that nobody knows',
      edited(({ reading }) => ({
        reading: {
          ...reading,
          group: reading['group']?.map((group) => ({ ...group, spec: { ...group.spec, more: 1 } })),
        },
      })),
      'snapshot-digest',
    ],
  ])('%s', (_what, damaged, code) => {
    expect(() => parseSnapshot(damaged)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('ignores the layout and a byte order mark', () => {
    expect(parseSnapshot(`\ufeff${JSON.stringify(JSON.parse(text))}`)).toEqual(sample);
  });
});
