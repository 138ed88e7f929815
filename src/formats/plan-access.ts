import * as z from 'zod';
import { powers } from '../core/access.ts';
import { editedSet, policyData } from './plan-edits.ts';
import { fieldChange } from './field-change.ts';

const text = (description: string) => z.string().meta({ description });
const permissionSet = text('The name of the permission set after the plan.');

const people = z.int().min(0).meta({ description: 'The people: an index of `access.people`.' });
export const accounts = z.array(z.string()).readonly().meta({ description: 'The 12-digit ids of the accounts.' });

/** People in accounts. */
export const reach = z
  .strictObject({ people, accounts })
  .meta({ description: 'People in accounts: each of them in each of these.' });

const status = (description: string) => z.enum(['kept', 'created', 'deleted']).meta({ description });

const accessPath = z
  .strictObject({
    via: text('The group; absent for direct assignments.').exactOptional(),
    assigned: text('The permission set that is assigned in fact, where another replaces it.').exactOptional(),
    assignment: status('What the plan does to the assignment.'),
    membership: status('What it does to the membership in the group.').exactOptional(),
  })
  .meta({ description: 'One way in which people hold a permission set.' });

export const power = z.enum(powers).meta({
  description:
    'What the permission set lets them do there. administrator: administers the account. raise: can raise their own rights. unknown: a customer managed policy could add to the rest.',
});

const accessChange = reach
  .extend({
    permissionSet,
    power,
    ways: z.array(accessPath).meta({ description: 'Every way on the side where they hold it.' }),
    until: text(
      'When all of these ways end; of what is lost, when they ended. Absent where one of them has no end.',
    ).exactOptional(),
  })
  .meta({ description: 'People who come to hold, or cease to hold, a permission set in accounts, in the same ways.' });

const applicationChange = z
  .strictObject({
    people,
    application: text('The ARN of the application.'),
    name: text('The name of the application.'),
  })
  .meta({ description: 'People who gain or lose the use of an application.' });

/** How access to accounts differs between two sides. */
export const heldImpact = z.strictObject({
  people: z
    .array(z.array(z.string()).readonly())
    .readonly()
    .meta({ description: 'Lists of user names, each once: the rest refers to them by index.' }),
  gained: z.array(accessChange),
  lost: z.array(accessChange),
  lastAccess: z
    .array(z.string())
    .meta({ description: 'Users who hold something before the plan and nothing anywhere after it.' }),
  newAdministrators: z
    .array(
      reach.extend({
        by: z.array(z.string()).meta({
          description: 'The actions that make them administrators; `*` for everything, `!` before what it excepts.',
        }),
      }),
    )
    .meta({ description: 'People who are administrators of accounts after the plan, and were not before.' }),
  lostAdministrators: z
    .array(reach)
    .meta({ description: 'People who are administrators of accounts before the plan, and are not after it.' }),
  edited: z.array(editedSet.extend({ permissionSet, holders: z.array(reach) })).meta({
    description: 'Permission sets that are edited or replaced, and who holds them before and after, in which accounts.',
  }),
  attributes: z
    .array(
      z.strictObject({
        permissionSet,
        keys: z.array(z.string()).meta({ description: 'Keys of the attributes for access control.' }),
        holders: z.array(reach),
      }),
    )
    .meta({
      description: 'Permission sets that ask for attributes of their holders (aws:PrincipalTag) that differ.',
    }),
  policyData: policyData.exactOptional(),
});

export const changedHands = z
  .array(
    z.strictObject({
      user: text('The user name after the plan.'),
      changes: z
        .array(fieldChange)
        .meta({ description: 'Of the e-mail address, or of the user name together with the names.' }),
      holds: z.array(
        z.strictObject({
          permissionSet,
          accounts: z.array(z.string()).meta({ description: 'The 12-digit ids of the accounts.' }),
          isAdministrator: z
            .literal(true)
            .exactOptional()
            .meta({ description: 'Its holders administer the accounts, if only under a condition.' }),
        }),
      ),
      applications: z.array(z.string()).meta({ description: 'The names of the applications that they may use.' }),
    }),
  )
  .meta({ description: 'Users who hold access after the plan, and may be other people then.' });

/** What a plan does to people. */
export const access = heldImpact
  .extend({
    given: z
      .array(z.strictObject({ permissionSet, content: text('A hash of what its roles allow after the plan.') }))
      .meta({ description: 'The permission sets that are newly given, by an assignment or by a membership.' }),
    changedHands,
    applications: z
      .strictObject({ gained: z.array(applicationChange), lost: z.array(applicationChange) })
      .meta({ description: 'Who gains and who loses the use of an application, as far as those are known.' }),
  })
  .meta({ description: 'Who gains and who loses what, where, and through which group.' });

/** Where people gain power. */
export const risks = z
  .array(
    z.strictObject({
      code: z.enum(['powerful-grant', 'powerful-edit', 'powerful-adoption']).meta({
        description: 'Whether the permission set is newly granted, or its holders gain by a change of the set.',
      }),
      permissionSet,
      powers: z.array(z.string()).meta({
        description:
          'Actions by which its holders administer an account or can raise their rights, some with where they apply; `*` for all. Of an edit, those that are new.',
      }),
      accounts: z.array(z.string()).meta({
        description: 'All accounts that it is about, also where it is granted to a group without members.',
      }),
      groups: z.array(z.string()).exactOptional().meta({
        description:
          'The groups that it is newly granted to: who joins one of them gets it. Absent where there is none.',
      }),
      reach: z.array(reach).meta({ description: 'Who gains it where.' }),
    }),
  )
  .meta({ description: 'Where people gain access that reaches everything or can raise their own rights.' });
