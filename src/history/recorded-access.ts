import { accessCarriedOut, type CarriedOut } from '../access/carried-out.ts';
import { subjectAddress, type Address } from '../core/address.ts';
import type { RecordedAccess, RecordedChange, RecordedEdit } from '../core/apply-record.ts';
import { fieldNames, type Plan } from '../core/plan.ts';
import { blocksOf, createPeopleLists, type PeopleLists, type Reach } from '../core/reach.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import type { MadePlan } from '../planner/make-plan.ts';

/**
 * What an apply did to access: by its steps, and by what the file newly asks for and was live before. Pure.
 * @param done addresses of the steps that took effect
 * @param open addresses of those of which it is not known
 */
export function recordedAccess(
  { plan, facts }: Pick<MadePlan, 'plan' | 'facts'>,
  done: ReadonlySet<Address>,
  open: ReadonlySet<Address>,
): RecordedAccess {
  const people = createPeopleLists();
  const changesOf = (changed: readonly CarriedOut[]): RecordedChange[] =>
    changed.map(({ users, accounts, permissionSet: set, groups }) => ({
      permissionSet: set,
      people: people.add(users),
      accounts,
      ...(groups.length > 0 && { groups: [...groups] }),
    }));
  const { gained, lost, perhaps } = accessCarriedOut(facts, done, open);
  const sure = { gained: changesOf(gained), lost: changesOf(lost) };
  const maybe = { gained: changesOf(perhaps.gained), lost: changesOf(perhaps.lost) };
  const maybeEdited = editsBy(plan, open, people);
  const adopted = adoptedIn(plan, facts, people);
  const edited = [...editsBy(plan, done, people), ...adoptedEdits(plan, people)];
  const isOpen = [...maybe.gained, ...maybe.lost, ...maybeEdited].length > 0;
  return {
    people: people.lists,
    ...sure,
    ...(adopted.length > 0 && { adopted }),
    ...(edited.length > 0 && { edited }),
    ...(isOpen && { perhaps: { ...maybe, ...(maybeEdited.length > 0 && { edited: maybeEdited }) } }),
  };
}

/** The same people in the lists of the record; nothing where no one holds it. */
const reachIn = (people: PeopleLists, { access }: Plan, reach: readonly Reach[]): Reach[] =>
  people.reachOf(blocksOf(access.people, reach).filter(({ users }) => users.length > 0));

/** What people hold by an assignment or a membership that the file newly asks for. */
function adoptedIn(plan: Plan, { elements }: MadePlan['facts'], people: PeopleLists): RecordedChange[] {
  if (plan.adopted.length === 0) return [];
  const groupOf = new Map(elements.map(({ address, group }) => [address, group]));
  return plan.adopted
    .filter(({ changes }) => !changes)
    .flatMap(({ id, holds }) => {
      const group = groupOf.get(id);
      return holds.flatMap(({ permissionSet: set, ...reach }) =>
        reachIn(people, plan, [reach]).map((held) => ({
          permissionSet: set,
          ...held,
          ...(group !== undefined && { groups: [group] }),
        })),
      );
    });
}

/** Edits that the file newly says, and that were made before. */
const adoptedEdits = (plan: Plan, people: PeopleLists): RecordedEdit[] =>
  plan.adopted.flatMap(({ changes, holds }) =>
    changes === undefined
      ? []
      : holds.flatMap(({ permissionSet: set, ...reach }) =>
          reachIn(people, plan, [reach]).map((held): RecordedEdit => ({
            permissionSet: set,
            ...held,
            fields: fieldNames(changes),
            isAdopted: true,
          })),
        ),
  );

/** Edits by these steps. A permission set that replaces another one is gained, and the other one is lost. */
const editsBy = (plan: Plan, steps: ReadonlySet<Address>, people: PeopleLists): RecordedEdit[] =>
  plan.access.edited.flatMap(({ permissionSet: set, holders }) => {
    const address = subjectAddress(permissionSet.name, set);
    const step = plan.steps.find(({ id, action }) => action === 'update' && id === address);
    if (!step || !steps.has(address)) return [];
    return reachIn(people, plan, holders).map((held) => ({
      permissionSet: set,
      ...held,
      fields: fieldNames(step.changes),
    }));
  });
