import type { InheritedGrant } from './access.ts';
import type { Address } from './address.ts';
import type { Place } from './errors.ts';
import type { FieldChange } from './plan.ts';
import type { Reach } from './reach.ts';

/** The file before, against which a plan shows what the file says otherwise about itself. */
export type PlanBase = (
  | {
      /** As it was given: a file, or a revision of git; or the branch of the commit that was applied last. */
      name: string;
      /** Where it was read: the merge base of that revision with HEAD, or the commit that was applied last. */
      commit?: string;
      /** The checked document, so that the plan can be made again. */
      document: unknown;
    }
  | {
      /** Why the file that was given could not be used, as a sentence without its end. */
      missing: string;
    }
) & {
  /** Later files that were applied in part; absent where there is none. */
  begun?: BegunFile[];
};

/** A file whose apply began after that of the file before, and did not end well: what it asks for may be live. */
export type BegunFile = { commit: string } & (
  | {
      /** What it asks for beyond the file before: of its sections the entries that differ, or all that it asks for. */
      entries: unknown;
    }
  | {
      /** Why it can't be told what it asks for, as a sentence without its end. */
      missing: string;
    }
);

/** A change of what the file says about itself, against the file before: what tomorrow's plans may do, and who is who. */
export interface LimitChange {
  /** Where in the file: `safety.maxRemovals`, `ignore.permissionSets`. */
  key: string;
  /** As one line; null where there is none. */
  before: string | null;
  after: string | null;
  /** True but where the change only narrows what the file lets through. */
  loosens: boolean;
  place?: Place;
}

/** What the file newly asks for and is live already, so that no step makes it: who holds what by it. */
export interface Adopted {
  id: Address;
  kind: string;
  label: string;
  /** What is live in it already, and was not in the file before; absent where that did not ask for the thing at all. */
  changes?: FieldChange[];
  /** What people hold by it, as far as it gives access to accounts; where that is no one, the list of people is empty. */
  holds: AdoptedHold[];
  until?: string;
  places?: Place[];
}

/** A permission set in accounts, and who holds it there. */
export interface AdoptedHold extends Reach {
  permissionSet: string;
  /** It makes its holders administrators. */
  isAdministrator?: true;
}

/** A name in the file that nothing has any more. */
export interface Gone {
  /** What it should be: a kind of thing, `account`, `organizational-unit`, `application`, `tag` or `pattern`. */
  subject: string;
  name: string;
  /** `ignored`: the name asks for nothing. `frozen`: it grants nothing, and what it may stand for is not removed. */
  effect: 'ignored' | 'frozen';
  places: Place[];
  /** What would be removed, if it were certain that the name does not stand for it. */
  kept: { id: Address; kind: string; label: string }[];
  /** Live names that hold exactly what the file asks for by this one, so that one of them may be its new name. */
  alike: string[];
}

/** What joining or leaving a group means besides: all that the group gives, after the plan or, for who leaves, before it. */
export interface Note {
  code: 'carries';
  group: string;
  /** Memberships. */
  steps: Address[];
  grants: InheritedGrant[];
  /** Applications by name, as far as they are known. */
  applications: string[];
}

/** An entry of the file that grants for a time, or did so in the file before. */
export interface EntryEnd {
  kind: string;
  /** `Reader in production to taro`, by the names in the file. */
  label: string;
  /** A calendar date, through its end in UTC, or a time with its zone; null without an end. */
  until: string | null;
  /** The same in the file before, where it was another. */
  before?: string | null;
  place?: Place;
}

/** What the file forbids its plans, in normal form: part of what was reviewed. */
export interface GuardsInForce {
  instanceArn?: string;
  directory: string;
  safety: unknown;
  rules?: unknown;
  ignore: unknown;
}
