import fc from 'fast-check';
import { expect, it } from 'vitest';
import { powers, type Power } from '../../../src/core/access.ts';
import { reachOf } from '../../../src/render/view/answer-reach.ts';
import { sentenceOf } from '../../../src/render/view/answer-words.ts';
import { pageOf, pageTime } from '../../support/access-page.ts';
import { depth } from '../../support/depth.ts';
import {
  accounts,
  count,
  liveOf,
  organizations,
  peopleIn,
  soon,
  waysIn,
  without,
} from '../../support/random-access.ts';

// What a sentence says of all that is granted, against the same written out one by one.

const inThirtyDays = new Date(pageTime.getTime() + 30 * 24 * 60 * 60 * 1000).toISOString();

it('says how many people administer an account, and how many of them all that anyone administers', async () => {
  await fc.assert(
    fc.asyncProperty(organizations, async (organization) => {
      const note = { accounts, file: liveOf(organization, true), live: liveOf(organization) };
      const { answer } = await pageOf({ ...note, question: { administrators: true } });
      const ways = waysIn(organization).filter(({ power }) => power === 'administrator');
      const reach = (some: typeof ways): number => count(some, ({ account }) => account);
      const everywhere = [...peopleIn(ways)].filter(
        (person) => reach(ways.filter((way) => way.person === person)) === reach(ways),
      );
      expect(reachOf(answer).everywhere).toBe(everywhere.length);
      expect(reachOf(answer).accounts.size).toBe(reach(ways));
      const text = sentenceOf(answer, String);
      const found = / administer at least one of .*accounts \((none|\d+) all of them\),/.exec(text);
      const isSplit = everywhere.length < peopleIn(ways).size;
      // Of accounts that were asked about, as many as these are: those of them that are reached are not all there are.
      const asked = { ...answer, question: { ...answer.question, accounts: Object.keys(answer.accounts) } };
      const [, of] = / the (\d+) accounts asked about \(/.exec(sentenceOf(asked, String)) ?? [];
      expect(of).toBe(isSplit ? String(asked.question.accounts.length) : undefined);
      expect(found?.[1]).toBe(isSplit ? (everywhere.length === 0 ? 'none' : String(everywhere.length)) : undefined);
      const all = waysIn(organization);
      const known = peopleIn(all.filter(({ power, conditional }) => power === 'administrator' || conditional));
      const perhaps = without(peopleIn(all.filter(({ power }) => power === 'unknown')), known);
      expect(/; (\d+) more may, by policies of unknown content: /.exec(text)?.[1] ?? '0').toBe(String(perhaps));
    }),
    depth(80),
  );
});

it('counts each person once, by the strongest that they hold', async () => {
  await fc.assert(
    fc.asyncProperty(organizations, async (organization) => {
      const note = { accounts, file: liveOf(organization, true), live: liveOf(organization) };
      const { answer } = await pageOf({ ...note, question: { accounts: accounts.map(({ id }) => id) } });
      const ways = waysIn(organization);
      const all = [...peopleIn(ways)];
      fc.pre(all.length > 1);
      const strengths = powers.flatMap((power) => (power === 'raise' ? (['conditional', power] as const) : [power]));
      const strongest = (person: string): Power | 'conditional' | undefined =>
        strengths.find((one) =>
          ways.some((way) => way.person === person && (way.conditional ? 'conditional' : way.power) === one),
        );
      const words = {
        administrator: 'administers?\\b(?! under)',
        conditional: 'administers? under a condition',
        raise: 'can raise',
        unknown: 'may do',
        write: 'can write',
        read: 'can only',
      };
      const text = sentenceOf(answer, String);
      const told = strengths.map((power) => Number(new RegExp(`(\\d+) ${words[power]}`).exec(text)?.[1] ?? 0));
      expect(told).toEqual(strengths.map((power) => all.filter((person) => strongest(person) === power).length));
    }),
    depth(80),
  );
});

it('counts what ends by then as the summary of everything does', async () => {
  await fc.assert(
    fc.asyncProperty(organizations, async (organization) => {
      const note = { accounts, file: liveOf(organization, true), live: liveOf(organization) };
      const [asked, whole] = await Promise.all([
        pageOf({ ...note, question: { endsBefore: inThirtyDays } }),
        pageOf(note),
      ]);
      const granted = new Set(organization.entries.flatMap(({ groups }) => groups));
      const memberships = [...granted]
        .flatMap((group) => organization.members[group] ?? [])
        .filter(({ expires = '' }) => soon.includes(expires)).length;
      const { grants } = whole.answer.summary.ending;
      const text = sentenceOf(asked.answer, String);
      fc.pre(asked.answer.grants.length > 0);
      const parts = [
        ...(grants > 0 || memberships === 0 ? [`${grants} grant${grants === 1 ? '' : 's'}`] : []),
        ...(memberships > 0 ? [`${memberships} group membership${memberships === 1 ? '' : 's'}`] : []),
      ];
      expect(text).toContain(
        `${parts.join(' and ')} ${grants + memberships === 1 ? 'ends' : 'end'} before 2026-07-15.`,
      );
    }),
    depth(80),
  );
});
