import { describe, expect, it } from 'vitest';
import type { Subjects } from '../../src/core/address.ts';
import type { Inventory, InventoryContext } from '../../src/core/inventory.ts';
import type { Kind } from '../../src/core/kind.ts';
import type { Section } from '../../src/core/section.ts';
import * as z from '../../src/core/zod.ts';
import { collectInventory } from '../../src/inventory/collect.ts';
import { isImportable, sectionsOf, type InventoryKind } from '../../src/inventory/sections.ts';
import { summarize } from '../../src/inventory/summary.ts';
import { writeIdentityFile, type WrittenFile } from '../../src/inventory/write-file.ts';
import { nameLive, type Reading } from '../../src/reconcile/state.ts';

// Kinds that Identity Center does not have, so that nothing here can lean on one that it has.

interface RoomSpec {
  name: string;
  size: string;
  plan?: object;
  /** Live only. */
  isFlooded?: boolean;
}
interface KeySpec {
  room: string;
  person: string;
}
interface VisitSpec {
  room: string;
  account: string;
}
interface AlarmSpec {
  zones: Record<string, string>;
}

const neverCalled = () => Promise.reject(new Error('an import writes nothing'));
const engine = { read: async () => [], create: neverCalled, delete: neverCalled, rights: { read: [], write: [] } };
const about = (subjects: Record<string, string>): Subjects => subjects;

type Rooms = Record<string, { size: string; plan?: object | undefined; keys?: string[] | undefined }> | undefined;
type Alarm = Record<string, string> | undefined;

const rooms: Section<Rooms> = {
  name: 'rooms',
  noun: ['room', 'rooms'],
  schema: z.optional(
    z.record(
      z.string().check(z.regex(/^\w+$/)),
      z.strictObject({
        size: z.string().check(z.regex(/^[\w ]+$/)),
        plan: z.optional(z.looseObject({})),
        keys: z.optional(z.array(z.string())),
      }),
    ),
  ),
  ignore: [
    {
      key: 'rooms',
      schema: z.optional(z.array(z.string())),
      ruleOf: (pattern) => ({ subjects: { 'meeting-room': String(pattern) } }),
      ofNames: true,
    },
  ],
};

const roomVisits: Section = {
  name: 'roomVisits',
  noun: ['room visit', 'room visits'],
  schema: z.optional(z.array(z.strictObject({ room: z.string(), account: z.string() }))),
};

const alarms: Section<Alarm> = {
  name: 'alarm',
  noun: ['alarm', 'alarms'],
  schema: z.optional(z.record(z.string().check(z.regex(/^\w+$/)), z.string())),
};

const room: Kind<RoomSpec, Rooms, never> = {
  ...engine,
  name: 'meeting-room',
  noun: ['meeting room', 'meeting rooms'],
  section: rooms,
  spec: z.object({ name: z.string(), size: z.string() }),
  rename: 'in-place',
  desired: (entries) =>
    Object.entries(entries).map(([name, { size, plan }]) => ({
      spec: { name, size, ...(plan && { plan }) },
      at: [['rooms', name]],
    })),
  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => about({ 'meeting-room': name }),
  fields: { name: { type: 'value' }, size: { type: 'value' }, isFlooded: { type: 'value' } },
};

/** Adds to the entry of its room. */
const key: Kind<KeySpec, Rooms, never> = {
  ...engine,
  name: 'key',
  noun: ['key', 'keys'],
  section: rooms,
  spec: z.object({ room: z.string(), person: z.string() }),
  desired: () => [],
  key: (spec) => [spec.room, spec.person],
  label: (spec) => `${spec.person} to ${spec.room}`,
  subjects: (spec) => about({ 'meeting-room': spec.room }),
  fields: {},
};

/** Entries of a list. */
const visit: Kind<VisitSpec, unknown, never> = {
  ...engine,
  name: 'visit',
  noun: ['visit', 'visits'],
  section: roomVisits,
  spec: z.object({ room: z.string(), account: z.string() }),
  desired: () => [],
  key: (spec) => [spec.room, spec.account],
  label: (spec, names) => `${spec.room} by ${names.account(spec.account)}`,
  subjects: (spec) => about({ 'meeting-room': spec.room, account: spec.account }),
  fields: {},
};

/** One thing that is its whole section, and has no name that `ignore` could give. */
const alarm: Kind<AlarmSpec, Alarm, never> = {
  ...engine,
  name: 'alarm',
  noun: ['alarm', 'alarms'],
  section: alarms,
  spec: z.object({ zones: z.record(z.string(), z.string()) }),
  desired: (zones) => [{ spec: { zones }, at: [['alarm']] }],
  key: () => ['alarm'],
  label: () => 'the alarm',
  subjects: () => ({}),
  fields: { zones: { type: 'value' } },
};

const withInventory = {
  room: {
    ...room,
    inventory(rooms: readonly RoomSpec[], { isReferredTo }: InventoryContext): Inventory<RoomSpec> {
      const [shared, own] = [rooms.filter(({ size }) => size === 'hall'), rooms.filter(({ size }) => size !== 'hall')];
      return {
        entries: own.map((spec) => ({
          piece: { [spec.name]: { size: spec.size, ...(spec.plan && { plan: spec.plan }) } },
          declares: spec,
          ...(spec.size === 'tiny' && { problem: 'has no room for people' }),
          ...(spec.size.startsWith('at ') && { unique: { what: 'place', key: spec.size } }),
          notes: isReferredTo(spec.name) ? [] : ['To decide: never visited.'],
          files: { plan: `plans/${spec.name}.json` },
        })),
        ignored: shared.map(({ name }) => ({ pattern: `${name}*`, names: [name], note: "The landlord's." })),
        notes: ['Sizes are in words.'],
      };
    },
  },
  key: {
    ...key,
    inventory: (keys: readonly KeySpec[]): Inventory<KeySpec> => ({
      entries: keys.map((spec) => ({ piece: { [spec.room]: { keys: [spec.person] } }, notes: ['Has a key.'] })),
      orphanNoun: 'keyholders',
    }),
  },
  visit: {
    ...visit,
    inventory: (visits: readonly VisitSpec[], { names }: InventoryContext): Inventory<VisitSpec> => ({
      entries: visits.map((spec) => ({
        piece: [{ room: spec.room, account: names.account(spec.account) }],
        notes: [`By ${spec.account}.`],
      })),
      isOptional: true,
    }),
  },
  alarm: {
    ...alarm,
    inventory: (alarms: readonly AlarmSpec[]): Inventory<AlarmSpec> => ({
      entries: alarms.map((spec) => ({ piece: spec.zones, declares: spec })),
      isOptional: true,
    }),
  },
};

const accounts = new Map([['111122223333', { id: '111122223333', name: 'prod', state: 'ACTIVE' }]]);
const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  identityStoreId: 'd-0123456789',
  region: 'us-east-1',
  partition: 'aws',
  ownerAccountId: '111122223333',
};

interface ToyImport extends WrittenFile {
  /** The file behind its heading and `accounts`. */
  content: string;
  summary: string;
  words: string[];
}

function importToys(kinds: readonly InventoryKind[], specs: Record<string, object[]>): ToyImport {
  const reading: Reading = Object.fromEntries(
    Object.entries(specs).map(([kind, things]) => [
      kind,
      things.map((spec, index) => ({ spec, ...(kind === 'meeting-room' && { id: `${index}` }) })),
    ]),
  );
  const sections = sectionsOf(kinds);
  const importable = sections.filter(isImportable);
  const context = { instance, organization: { accounts } };
  const live = nameLive(kinds, reading, new Map());
  const collected = collectInventory(sections, live, context, new Set(importable));
  const frame = { instance, directory: 'identity-center', heading: ['Toys.'], withPolicyFiles: true } as const;
  const file = writeIdentityFile(collected, frame);
  return {
    ...file,
    content: file.text.slice(file.text.indexOf('"111122223333"\n') + 15).trim(),
    summary: summarize(collected, file.policies.size),
    words: importable.map(({ word }) => word),
  };
}

const all = [withInventory.room, withInventory.key, withInventory.visit, withInventory.alarm];
const longPlan = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`wall${index}`, `${index} meters long`]));
const live = {
  'meeting-room': [
    { name: 'attic', size: 'small' },
    { name: 'bar', size: 'large', plan: longPlan },
    { name: 'court', size: 'hall' },
    { name: 'den!', size: 'small' },
    { name: 'east', size: 'x/y' },
    { name: 'fold', size: 'small', isFlooded: true },
    { name: 'gap', size: 'tiny' },
    { name: 'hut', size: 'at home' },
    { name: 'inn', size: 'at home' },
    { name: 'jar', size: 'small' },
    { name: 'JAR', size: 'small' },
  ],
  key: [
    { room: 'attic', person: 'ann' },
    { room: 'court', person: 'bob' },
    { room: 'cellar', person: 'cy' },
  ],
  visit: [
    { room: 'attic', account: '111122223333' },
    { room: 'bar', account: '999999999999' },
    { room: 'east', account: '111122223333' },
    { room: 'cellar', account: '111122223333' },
  ],
  alarm: [{ zones: { north: 'on' } }],
};

describe('an import of kinds that have all of the capability', () => {
  it('writes their sections, what is left alone and why, comments and documents', () => {
    const { content, policies, summary, words } = importToys(all, live);
    expect(words).toEqual(['rooms', 'room-visits', 'alarm']);
    expect(content).toMatchInlineSnapshot(`
      "# Sizes are in words.
      # To decide: these orphaned keyholders (a user, group or account was deleted) can't be written to this file. \`idc plan
      # --orphans\` shows their removal:
      # - cy to cellar
      rooms:
        # To decide: never visited.
        JAR: { size: small }
        # Has a key.
        attic: { size: small, keys: [ ann ] }
        bar: { size: large, plan: { file: plans/bar.json } }
        # To decide: never visited.
        hut: { size: at home }

      # To decide: these orphaned visits (a user, group or account was deleted) can't be written to this file. \`idc plan
      # --orphans\` shows their removal:
      # - cellar by prod
      roomVisits:
        # By 111122223333.
        - room: attic
          account: prod

      alarm:
        north: "on"

      # What is live and left alone, with 2 visits and 1 key.
      ignore:
        rooms:
          # The landlord's.
          - court*
          # To decide: it has a name that the file does not take.
          - den!
          # To decide: it has what the file does not take: size.
          - east
          # To decide: it has what the file can't say: isFlooded.
          - fold
          # To decide: it has no room for people.
          - gap
          # To decide: it has the place of "hut".
          - inn
          # To decide: it differs from "JAR" by the form of its letters alone.
          - jar
        accounts:
          # To decide: this account is not in the organization.
          - "999999999999""
    `);
    expect([...policies]).toEqual([['plans/bar.json', `${JSON.stringify(longPlan, null, 2)}\n`]]);
    expect(summary).toMatchInlineSnapshot(
      `
      "Imported 4 rooms, 1 room visit in 1 entry, 1 alarm and 1 policy file.
      Left alone, by the section ignore: 7 meeting rooms, 1 key and 2 visits.
      Not in the file, since their user or group was deleted: 1 key and 1 visit. \`idc plan --orphans\` shows their removal."
    `,
    );
  });

  it('leaves alone what refers to something that is left alone, whichever kind the registry has first', () => {
    const { content } = importToys(all.toReversed(), live);
    expect(content).toContain('# What is live and left alone, with 2 visits and 1 key.');
    expect(content.indexOf('\nroomVisits:')).toBeLessThan(content.indexOf('\nrooms:'));
  });

  it('writes an optional section only where something of it is live, and any other always', () => {
    expect(importToys(all, {}).content).toBe('# Sizes are in words.\nrooms: {}');
    // All that there is goes with a room that is left alone: the section says so.
    const visited = importToys(all, {
      'meeting-room': [{ name: 'court', size: 'hall' }],
      visit: [{ room: 'court', account: '111122223333' }],
    });
    expect(visited.content).toContain('\nroomVisits: []\n');
    expect(visited.content).toContain('# What is live and left alone, with 1 visit.');
  });

  it('leaves out a section with something that neither it nor ignore can say, and says so', () => {
    const sentence =
      'The section alarm is not written, so idc does not manage it: "the alarm" has what the file does not take: not a word.';
    const odd = importToys(all, { ...live, alarm: [{ zones: { 'not a word': 'on' } }] });
    expect(odd.content).not.toContain('\nalarm:');
    expect(odd.text.replaceAll('\n# ', ' ')).toContain(`To decide: ${sentence}`);
    expect(odd.summary).toContain(`\n${sentence}`);

    const { ignore: _ignore, ...withoutIgnore } = rooms;
    const unignorable = all.map((kind) => (kind.section === rooms ? { ...kind, section: withoutIgnore } : kind));
    const unsaid = importToys(unignorable, live);
    expect(unsaid.content).not.toContain('\nrooms:');
    expect(unsaid.content).not.toContain('\n  rooms:');
    expect(unsaid.summary).toContain(
      'The section rooms is not written, so idc does not manage it: "den!" has a name that the file does not take.',
    );
    // What refers to its rooms is written all the same: those are live.
    expect(unsaid.content).toContain('  - room: east\n');
    const landlords = importToys(unignorable, { 'meeting-room': [{ name: 'court', size: 'hall' }] });
    expect(landlords.content).toBe('');
    expect(landlords.summary).toContain('`ignore` has no list for "court*".');
  });
});

describe('an import of kinds that have none of it', () => {
  it('leaves their sections out, and says what of them is live', () => {
    const { text, content, summary, words } = importToys([room, key, visit, alarm], live);
    expect(words).toEqual([]);
    expect(content).not.toMatch(/^(rooms|roomVisits|alarm):/m);
    expect(text.replaceAll('\n# ', ' ')).toContain(
      "To decide: The section rooms is not written, so idc does not manage it: `idc import` can't write 11 meeting rooms and 3 keys.",
    );
    expect(summary).toContain("`idc import` can't write 4 visits.");
    const nothing = importToys([room, key, visit, alarm], {});
    expect(nothing.text).not.toContain('is not written');
    expect(nothing.summary).toBe('Imported nothing.');
  });

  it('leaves a section out where one of its kinds has none: a plan would remove what is live of that kind', () => {
    const { content, summary, words } = importToys([withInventory.room, key, withInventory.visit], live);
    expect(words).toEqual(['room-visits']);
    expect(content).not.toContain('\nrooms:');
    expect(content).toContain('roomVisits:\n');
    expect(summary).toContain("can't write 11 meeting rooms and 3 keys.");
  });
});
