import { createNearest, createNearestWithin, type Nearest } from '../../../core/nearest-name.ts';
import type { DocumentPath } from '../../../core/kind.ts';
import { valuesAt } from '../../../core/path-pattern.ts';
import { joinWords } from '../../../core/words.ts';
import type { Catalogue } from '../../../policies/catalogue.ts';
import { s3Operations } from '../../../policies/s3-operations.ts';
import { serviceAliases } from '../../../policies/service-aliases.ts';
import { matchesAction } from './actions.ts';

/** Something in a policy that AWS's data does not have. */
export interface CatalogueFinding {
  code: 'unknown-action' | 'unknown-service' | 'unknown-condition-key' | 'matches-no-action';
  at: DocumentPath;
  /** A sentence. */
  message: string;
  /** The data has something that is very likely meant. */
  hasHint: boolean;
}

/** Finds, in any number of documents, what the catalogue does not have. */
export type FindUnknown = (document: unknown) => CatalogueFinding[];

type Verdict = Omit<CatalogueFinding, 'at'> | undefined;

const statements = [['Statement'], ['Statement', '*']];
const below = (...elements: string[]): string[][] => statements.flatMap((statement) => [[...statement, ...elements]]);
const actionPlaces = ['Action', 'NotAction'].flatMap((element) => [...below(element), ...below(element, '*')]);
const conditionPlaces = below('Condition', '*');

/**
 * Only what was right about AWS's own policies when it was tried on them: whether a key goes with an action, or an action with
 * a resource, is not told.
 */
export function createFindUnknown(catalogue: Catalogue): FindUnknown {
  const known = know(catalogue);
  const judgeAction = remember((text) => actionVerdict(text, known));
  const judgeKey = remember((text) => keyVerdict(text, known));
  const found = (verdict: Verdict, at: DocumentPath): CatalogueFinding[] => (verdict ? [{ ...verdict, at }] : []);
  return (document) => [
    ...actionPlaces.flatMap((place) =>
      [...valuesAt(document, place)].flatMap(([action, at]) =>
        typeof action === 'string' ? found(judgeAction(action), at) : [],
      ),
    ),
    ...conditionPlaces.flatMap((place) =>
      [...valuesAt(document, place)].flatMap(([keys, at]) =>
        Object.keys(Object(keys)).flatMap((key) => found(judgeKey(key), [...at, key])),
      ),
    ),
  ];
}

function remember<Result>(judge: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = judge(text);
    known.set(text, result);
    return result;
  };
}

/** The catalogue with the actions of each service split once. */
interface Known extends Pick<Catalogue, 'services' | 'conditionKeysOf'> {
  /** By their names in lower case; undefined where the service is not in the data. */
  actionsOf(service: string): ReadonlyMap<string, string> | undefined;
  /** The only service that has an action by this name. */
  ownerOf(action: string): string | undefined;
}

function know({ services, actionsOf, conditionKeysOf }: Catalogue): Known {
  const namesOf = remember(actionsOf);
  return {
    services,
    conditionKeysOf,
    actionsOf: remember((service) => {
      const names = namesOf(service);
      return names && new Map(names.map((name) => [name.toLowerCase(), name]));
    }),
    // As it is written: to compare 22,000 names in any case would take longer than all the rest.
    ownerOf: remember((action) => {
      const owners = services.filter((service) => namesOf(service)?.includes(action));
      return owners.length === 1 ? owners[0] : undefined;
    }),
  };
}

function actionVerdict(text: string, catalogue: Known): Verdict {
  const [service = '', name = ''] = text.split(':');
  if (/[*?]/.test(service) || !text.includes(':')) return undefined;
  const names = catalogue.actionsOf(service);
  if (!names) return serviceVerdict(service, catalogue);
  if (/[*?]/.test(name)) {
    for (const action of names.keys()) if (matchesAction(name, action)) return undefined;
    return { code: 'matches-no-action', message: `"${text}" matches no action of ${service}.`, hasHint: true };
  }
  if (names.has(name.toLowerCase())) return undefined;
  const hint = actionHint(service, name, [...names.values()], catalogue);
  return {
    code: 'unknown-action',
    message: `"${text}" is not an action of ${service}${hint ?? '.'}`,
    hasHint: hint !== undefined,
  };
}

function actionHint(service: string, name: string, names: readonly string[], catalogue: Known): string | undefined {
  const operation = service.toLowerCase() === 's3' ? s3Operations[name.toLowerCase()] : undefined;
  if (operation) {
    const actions = operation.map((action) => `"s3:${action}"`);
    return `; the operation ${name} takes ${joinWords(actions, 'and')}.`;
  }
  const slip = createNearestWithin(2, names)(name);
  if (slip !== undefined) return meant(`${service}:${slip}`);
  const owner = catalogue.ownerOf(name);
  if (owner !== undefined) return meant(`${owner}:${name}`);
  const nearest = createNearest(names)(name);
  return nearest === undefined ? undefined : meant(`${service}:${nearest}`);
}

const meant = (text: string): string => `; did you mean "${text}"?`;

function serviceVerdict(service: string, catalogue: Known): Verdict {
  const other = serviceMeant(service, catalogue);
  const hint = other === undefined ? '.' : `; the prefix of its actions is probably "${other}".`;
  return {
    code: 'unknown-service',
    message: `"${service}" is not the prefix of a service that AWS lists${hint}`,
    hasHint: other !== undefined,
  };
}

/** Short prefixes are so near to each other that only a table can tell which is meant. */
function serviceMeant(service: string, { services }: Known): string | undefined {
  const alias = serviceAliases[service.toLowerCase()];
  return alias ?? (service.length < 5 ? undefined : createNearestWithin(1, services)(service));
}

function keyVerdict(text: string, catalogue: Known): Verdict {
  const colon = text.indexOf(':');
  const [prefix, name] = [text.slice(0, colon), text.slice(colon + 1)];
  const keys = catalogue.conditionKeysOf(prefix);
  const unknown = (hint: string): Verdict => ({
    code: 'unknown-condition-key',
    message: `"${text}" is not a condition key that AWS lists${hint}`,
    hasHint: hint !== '.',
  });
  if (!keys) {
    // The prefix of an identity provider is its host; of others only what is surely meant is told.
    const other = catalogue.actionsOf(prefix) ? undefined : serviceMeant(prefix, catalogue);
    return other === undefined ? undefined : unknown(`; its prefix is probably "${other}".`);
  }
  const wanted = stem(name);
  if (keys.some((key) => fits(name, wanted, key))) return undefined;
  const nearest = nearestKey(keys, prefix)(wanted);
  // AWS adds keys of this prefix without a service that documents them.
  if (nearest === undefined) return prefix.toLowerCase() === 'aws' ? undefined : unknown('.');
  return unknown(meant(`${prefix}:${nearest}${name.slice(wanted.length)}`));
}

const nearestKey = (keys: readonly string[], prefix: string): Nearest =>
  prefix.toLowerCase() === 'aws' ? createNearestWithin(2, keys.map(stem)) : createNearest(keys.map(stem));

/** What follows the first `/` is any text: `ResourceTag/team`, also where the data has a sample such as `tag-key` there. */
const stem = (key: string): string => key.split('/', 1)[0] ?? key;

function fits(name: string, wanted: string, key: string): boolean {
  const [start = '', open] = key.split('${', 2);
  if (open !== undefined && name.toLowerCase().startsWith(start.toLowerCase())) return true;
  return stem(key).toLowerCase() === wanted.toLowerCase();
}
