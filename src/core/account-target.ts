/** Accounts by what they are called, where they are, or what tags they have. */
export interface AccountCriteria {
  /** Names, ids, and patterns in which `*` stands for any text. */
  accounts?: readonly string[] | undefined;
  organizationalUnits?: readonly UnitCriterion[] | undefined;
  /** An account has to have every one of them. */
  accountTags?: Readonly<Record<string, string>> | undefined;
}

/** Which accounts an entry of the file is about: one of the first four says it, and `except` narrows it. */
export interface AccountTarget extends AccountCriteria {
  /** Every active account. */
  all?: true | undefined;
  /** What fits any of these is left out. */
  except?: AccountCriteria | undefined;
}

/** A unit by its id, or by the names from the root downward (`Workloads/Prod`): with all that is in it, unless it says otherwise. */
export type UnitCriterion = string | { unit: string; subUnits: boolean };

export const unitNameOf = (criterion: UnitCriterion): string =>
  typeof criterion === 'string' ? criterion : criterion.unit;

export const hasSubUnits = (criterion: UnitCriterion): boolean => typeof criterion === 'string' || criterion.subUnits;

/** `Workloads/Prod`, `Workloads/Prod without its sub-units`. */
export const unitText = (criterion: UnitCriterion): string =>
  `${unitNameOf(criterion)}${hasSubUnits(criterion) ? '' : ' without its sub-units'}`;

export const isPattern = (text: string): boolean => text.includes('*');

/** The id of a root or of an organizational unit. API model of Organizations: ParentId. */
export const isUnitId = (text: string): boolean => /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/.test(text);

/** True where only the organization tells which accounts are meant: by a pattern, a unit, a tag, or all of them. */
export function needsOrganization({ all, except = {}, ...criteria }: AccountTarget): boolean {
  return all === true || [criteria, except].some(byStructure);
}

/** True where the accounts that it takes change without the file. */
export const takesByStructure = ({ all, ...criteria }: AccountTarget): boolean => all === true || byStructure(criteria);

const byStructure = ({ accounts = [], organizationalUnits, accountTags }: AccountCriteria): boolean =>
  accounts.some(isPattern) || organizationalUnits !== undefined || accountTags !== undefined;
