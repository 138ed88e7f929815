import { describe, expect, it } from 'vitest';
import { readOrganisation, awsContextOf } from '../../bench/read-organisation.ts';
import type { Organisation } from '../../bench/organisation.ts';
import type { LoadedFile } from '../../src/config/load.ts';
import { identityDocument } from '../../src/config/schema/document.ts';
import type { Plan } from '../../src/core/plan.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { kinds } from '../../src/kinds/index.ts';
import { planChanges } from '../../src/planner/plan.ts';
import { nameLive } from '../../src/reconcile/state.ts';
import { renderJson } from '../support/render-json.ts';
import { renderMarkdown } from '../../src/render/markdown/plan.ts';
import { renderText } from '../../src/render/text/text.ts';
import { renamesInPlace, compileDesired } from '../../src/source/compile.ts';
import { policies } from '../support/policies.ts';
import { holdsIn, named } from '../support/named-access.ts';

const people = Array.from({ length: 3000 }, (_, index) => `somebody.with.a.name.${index}@corp.example.com`);
const names = (what: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${what}${index}`);
const [sets, accounts] = [names('Power', 10), names('account-', 300)];

/** One group with everybody in it, ten powerful sets, 300 accounts; what the group may do in them is given. */
function organisation(assignments: Organisation['assignments'], members = people): Organisation {
  return {
    version: 1,
    identityCenter: { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' },
    accounts: Object.fromEntries(accounts.map((name, index) => [name, String(100_000_000_000 + index)])),
    users: Object.fromEntries(people.map((user) => [user, { givenName: 'A', familyName: 'B', displayName: 'A B' }])),
    groups: { everyone: { members } },
    permissionSets: Object.fromEntries(
      sets.map((name) => [name, { sessionDuration: 'PT1H', managedPolicies: ['AdministratorAccess'] }]),
    ),
    assignments,
  };
}

function plan(from: Organisation, to: Organisation): Plan {
  const loaded: LoadedFile = {
    document: identityDocument.parse(to),
    warnings: [],
    places: { of: () => ({ file: 'identity.yaml', line: 7, column: 1 }), frame: () => undefined },
  };
  const context = awsContextOf(to);
  const now = new Date(0);
  const file = compileDesired(loaded, context, now);
  const live = nameLive(kinds, readOrganisation(from), renamesInPlace(file), file.desired);
  return planChanges(file, live, context, { removeOrphans: false, isLocal: false, now, policies }).plan;
}

const granted = [{ groups: ['everyone'], permissionSets: sets, accounts }];
const megabytes = (text: string): number => Buffer.byteLength(text) / 1e6;

describe('nine million holds of one line', () => {
  it('are a plan of less than 5 MB, which can be shown and read again', () => {
    const found = plan(organisation([]), organisation(granted));
    expect(found.steps).toHaveLength(3000);
    expect(found.access.people).toHaveLength(1);
    expect(found.access.gained.map(({ accounts: ids }) => ids.length)).toEqual(sets.map(() => 300));
    expect(named(found.access, found.access.newAdministrators)).toHaveLength(1);
    expect(found.risks.map(({ reach }) => reach.length)).toEqual(sets.map(() => 1));
    const json = renderJson(found);
    expect(megabytes(json)).toBeLessThan(5);
    expect(parsePlan(json)).toEqual(found);
    expect(renderText(found, { color: false, width: 80 })).toContain('3000 people become');
    expect(renderMarkdown(found)).toContain('3000 people');
  });

  it('are as small where they go, and where people join the group or all of it is edited', () => {
    const lost = plan(organisation(granted), organisation([]));
    expect([lost.access.people.length, lost.access.lastAccess.length]).toEqual([1, 3000]);
    expect(megabytes(renderJson(lost))).toBeLessThan(5);

    const joined = plan(organisation(granted, people.slice(0, 10)), organisation(granted));
    expect([joined.steps.length, joined.notes.length, joined.access.gained.length]).toEqual([2990, 1, 10]);
    expect(megabytes(renderJson(joined))).toBeLessThan(5);

    const after = organisation(granted);
    for (const set of Object.values(after.permissionSets)) set.managedPolicies = ['IAMFullAccess'];
    const edited = plan(organisation(granted), after);
    expect(edited.access.edited.map(({ holders }) => holders.length)).toEqual(sets.map(() => 1));
    expect(megabytes(renderJson(edited))).toBeLessThan(5);
  });

  it('are apart from what one of these people does not gain', () => {
    const direct = [{ users: people.slice(0, 1), permissionSets: sets.slice(0, 1), accounts: accounts.slice(0, 1) }];
    const found = plan(organisation(direct), organisation([...direct, ...granted]));
    // All of them, all but that one, and that one.
    expect(found.access.people.map((list) => list.length).sort((a, b) => a - b)).toEqual([1, 2999, 3000]);
    const first = found.access.gained.filter(({ permissionSet }) => permissionSet === sets[0]);
    const held = new Set(holdsIn(found.access, first).map(({ user, account }) => `${user} ${account}`));
    expect([held.size, held.has(`${people[0]} 100000000000`)]).toEqual([3000 * 300 - 1, false]);
  });
});
