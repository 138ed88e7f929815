import { type Level, readActions, serviceOf } from './action-lines.ts';
import { matchesGlob } from './glob.ts';

/** A service and its actions, which have consecutive numbers. */
export interface Service {
  prefix: string;
  first: number;
  /** In small letters, without the prefix. */
  names: readonly string[];
}

/** Every action of the data, by its number. */
export interface Actions {
  readonly count: number;
  /** In the order of the data. */
  readonly services: readonly Service[];
  /** `s3:GetObject`. */
  name(action: number): string;
  service(action: number): Service;
  level(action: number): Level;
  /** The number of an action, in any case of letters; undefined where it is not in the data. */
  find(name: string): number | undefined;
  /** The actions that a pattern with wildcards takes in (`*`, `s3:Get*`), in order; none for what is not a pattern of actions. */
  matching(pattern: string): Uint16Array;
}

/** @param lines of `data/actions.json`. */
export function actionsOf(lines: readonly string[]): Actions {
  const names: string[] = [];
  const levels: Level[] = [];
  const owners: Service[] = [];
  const services = lines.map((line): Service => {
    const own = readActions(line);
    const all = own.flatMap(([, ofLevel]) => ofLevel);
    const service = { prefix: serviceOf(line), first: names.length, names: all.map((name) => name.toLowerCase()) };
    for (const [level, ofLevel] of own) {
      for (const name of ofLevel) {
        names.push(`${service.prefix}:${name}`);
        levels.push(level);
        owners.push(service);
      }
    }
    return service;
  });
  const byPrefix = new Map(services.map((service) => [service.prefix, service]));
  const numbers = new Map(names.map((name, action) => [name.toLowerCase(), action]));
  const every = Uint16Array.from(names.keys());
  const known = new Map<string, Uint16Array>();

  const search = (pattern: string): Uint16Array => {
    if (/^\*+$/.test(pattern)) return every;
    const colon = pattern.indexOf(':');
    if (colon < 0) return new Uint16Array();
    const [prefix, rest] = [pattern.slice(0, colon), pattern.slice(colon + 1)];
    if (!/[*?]/.test(prefix)) {
      const service = byPrefix.get(prefix);
      return new Uint16Array(service ? matchingIn(service, rest) : []);
    }
    const among = services.filter((service) => matchesGlob(prefix, service.prefix));
    return new Uint16Array(among.flatMap((service) => matchingIn(service, rest)));
  };
  const matching = (pattern: string): Uint16Array => {
    const small = pattern.toLowerCase();
    const found = known.get(small) ?? search(small);
    known.set(small, found);
    return found;
  };

  return {
    count: names.length,
    name: (action) => names[action] ?? '',
    services,
    service: (action) => owners[action] ?? nothing,
    level: (action) => levels[action] ?? 'write',
    find: (name) => numbers.get(name.toLowerCase()),
    matching,
  };
}

const nothing: Service = { prefix: '', first: 0, names: [] };

function matchingIn({ first, names }: Service, pattern: string): number[] {
  const found: number[] = [];
  for (let index = 0; index < names.length; index++) if (matchesGlob(pattern, names[index]!)) found.push(first + index);
  return found;
}
