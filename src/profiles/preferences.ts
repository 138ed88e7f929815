export interface Preferences {
  region?: string | undefined;
  output?: string | undefined;
}

/** Who prefers what, besides what holds for all profiles. */
export interface PreferenceLayers {
  user?: Preferences | undefined;
  /** By name. */
  permissionSets?: ReadonlyMap<string, Preferences>;
  /** By id. */
  accounts?: ReadonlyMap<string, Preferences>;
}

/**
 * The region and the output of one profile, each for itself: what the person wants, else what the permission set does
 * (billing lives in one region wherever it is done), else what the account does, else what holds for all.
 */
export function preferencesFor(
  { accountId, permissionSet }: { accountId: string; permissionSet: string },
  { user, permissionSets, accounts }: PreferenceLayers,
  all: Preferences,
): Preferences {
  const layers = [user, permissionSets?.get(permissionSet), accounts?.get(accountId), all];
  return {
    region: layers.find((layer) => layer?.region !== undefined)?.region,
    output: layers.find((layer) => layer?.output !== undefined)?.output,
  };
}
