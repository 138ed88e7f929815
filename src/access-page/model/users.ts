import type { PageSide } from '../data.ts';
import { matchersOf } from './filter.ts';
import type { Model } from './model.ts';

/** Somebody who is a user on one side alone, and in how many accounts they hold something there. */
export interface ComingUser {
  person: number;
  accounts: number;
}

/** Of a difference: who comes, and who goes; also those who hold nothing. @param who words of a filter */
export function comingUsers(model: Model, who: string): Record<PageSide, ComingUser[]> {
  const matchers = matchersOf(who);
  const on = (side: PageSide): ComingUser[] =>
    model.people.flatMap(({ name, display = '', side: own, class: of }, person) => {
      if (own !== side || !matchers.every((matches) => matches(name) || matches(display))) return [];
      const lists = new Set(
        (model.waysOfClass[side][of] ?? []).map(({ grant }) => model.grants[grant]?.accounts ?? -1),
      );
      return [{ person, accounts: new Set([...lists].flatMap((list) => model.lists[list] ?? [])).size }];
    });
  return { before: on('before'), after: on('after') };
}
