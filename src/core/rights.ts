/** IAM actions on the same resources. */
export interface Right {
  /** Names it in a policy: letters and digits. Rights on the same resources are one statement, with all their names. */
  sid: string;
  /** ARNs, in which `{partition}`, `{instance}`, `{store}` and `{account}` (the management account) stand for what is known. */
  on: readonly string[];
  actions: readonly string[];
}

/** What the calls of one part of the program need of IAM. */
export interface Rights<Client> {
  /** For a plan. */
  read: readonly Right[];
  /** For an apply, besides. */
  write: readonly Right[];
  /** Of the reads, by action, those without which most plans can be made all the same. */
  optional?: Readonly<Record<string, Optional>>;
  /** The cheapest call of each read, by action, with which a right is tried that nothing has called. */
  probes?: Readonly<Record<string, Probe<Client>>>;
  /** False where a denial of an action says nothing of the caller's rights. Absent: it always does. */
  tells?(action: string, client: Client): boolean;
}

/**
 * `replaceable`: other calls tell the same. `section`: only plans of a file with the section of its kind need it. Else which plans
 * do, as a sentence goes on: `those that …`.
 */
export type Optional = 'replaceable' | 'section' | { plans: string };

/** Undefined where there is nothing to try it on: `idOf` has the id of something live, by kind. */
export type Probe<Client> = (
  client: Client,
  idOf: (kind: string) => string | undefined,
) => Promise<unknown> | undefined;
