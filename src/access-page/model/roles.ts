import { powers } from '../../core/access.ts';
import type { PageRole } from '../data.ts';
import { matchersOf, type Filter } from './filter.ts';
import { accountFilter, type Subject } from './looked-at.ts';
import type { Model } from './model.ts';

/** The roles of account access manager that are looked at, each with those of its people who are. Their content is unknown. */
export function shownRoles(model: Model, filter: Filter, subject: Subject = {}): PageRole[] {
  const isOther = filter.set !== '' || filter.only === 'ends' || filter.allows !== '' || filter.power === 'conditional';
  if (isOther || powers.findIndex((power) => power === filter.power) < powers.indexOf('unknown')) return [];
  const accounts = new Set(accountFilter(model, filter, subject)([...model.accounts.keys()]));
  const matchers = matchersOf(filter.who);
  return model.roles.flatMap((one): PageRole[] => {
    if (!accounts.has(one.account) || (filter.only === 'direct' && one.group !== undefined)) return [];
    const fits = (...texts: (string | undefined)[]): boolean =>
      matchers.every((matches) => [...texts, one.group].some((text) => text !== undefined && matches(text)));
    const people = one.people.filter((person) => {
      const { name, display } = model.people[person] ?? {};
      return (subject.person === undefined || person === subject.person) && fits(name, display);
    });
    const isEmptyShown = one.people.length === 0 && subject.person === undefined && fits();
    return people.length > 0 || isEmptyShown ? [{ ...one, people }] : [];
  });
}
