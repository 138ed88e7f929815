import { unitNameOf } from '../core/account-target.ts';
import { accountIdsByName } from '../config/schema/accounts-section.ts';
import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import { isNarrowing, type Missing, type Problem } from '../config/problems.ts';
import { subjectAddress, type Address } from '../core/address.ts';
import { valuesAt } from '../core/path-pattern.ts';
import { accountTargets, includeScopes } from '../accounts/references.ts';

/**
 * Which names a file may have though nothing has them: those of the file before, since what had them is gone or was renamed
 * since; but not where they narrow something.
 * @param before absent where there is no file before, or none that could be used
 */
export function createTolerance(before: IdentityDocument | undefined): (problem: Problem) => boolean {
  const known = before && namesIn(before);
  return ({ missing, at }) => missing !== undefined && !isNarrowing(at) && known?.has(addressOf(missing)) === true;
}

const addressOf = ({ subject, name, id = name }: Missing): Address => subjectAddress(subject, id);

/** All that a document declares or refers to; accounts by their ids where it has them. */
export function namesIn(document: IdentityDocument): Set<Address> {
  const names = new Set<Address>();
  const sections = new Map<string, unknown>(Object.entries(document));
  const accounts = accountIdsByName(document);
  for (const { name, declares } of identityFormat.sections) {
    if (declares === undefined) continue;
    for (const key of Object.keys(sections.get(name) ?? {}))
      names.add(subjectAddress(declares, accounts.get(key) ?? key));
  }
  for (const { at, to, inKey } of identityFormat.references) {
    for (const [value, path] of valuesAt(document, at)) {
      const text = inKey ? path.at(-1) : value;
      if (typeof text !== 'string') continue;
      names.add(subjectAddress(to, (to === 'account' ? accounts.get(text) : undefined) ?? text));
    }
  }
  for (const [target] of [...accountTargets(document), ...includeScopes(document)]) {
    for (const { organizationalUnits = [] } of [target, 'except' in target ? (target.except ?? {}) : {}]) {
      for (const unit of organizationalUnits) names.add(subjectAddress('organizational-unit', unitNameOf(unit)));
    }
  }
  return names;
}
