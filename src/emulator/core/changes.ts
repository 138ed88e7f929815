/** What a change of each type names. Each resource adds its own. */
export interface Changes {}

/**
 * One change of the effective state, reported the moment it takes effect: an assignment or a provisioning when its
 * asynchronous request gets there, not when it is asked for.
 */
export type ChangeRecord = ChangeOf<keyof Changes>;

export type ChangeOf<Type extends keyof Changes> = { [Name in Type]: { type: Name } & Changes[Name] }[Type];
