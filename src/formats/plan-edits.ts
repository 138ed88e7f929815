import * as z from 'zod';
import { actionClasses, moveKinds } from '../core/policy-difference.ts';

const text = (description: string) => z.string().meta({ description });
const texts = (description: string) => z.array(z.string()).meta({ description });
const count = (description: string) => z.int().min(0).meta({ description });

const condition = z.strictObject({
  operator: text('In small letters.'),
  key: text('In small letters.'),
  written: z.strictObject({ operator: z.string(), key: z.string() }).meta({ description: 'Both as they are written.' }),
  values: z.array(z.string()).readonly(),
});

const limit = z
  .strictObject({
    allow: z.boolean(),
    boundary: z.boolean().meta({ description: 'True for a limit of the permissions boundary.' }),
    resource: text('A pattern of ARNs; absent for every resource.').exactOptional(),
    except: z.array(z.string()).readonly().meta({ description: 'Every resource but these.' }).exactOptional(),
    conditions: z.array(condition).readonly(),
  })
  .meta({ description: 'Where or when a statement allows or denies actions.' });

const move = z
  .strictObject({
    kind: z.enum(moveKinds).meta({ description: 'How the actions move.' }),
    count: count('How many actions.'),
    classes: z.partialRecord(z.enum(actionClasses), z.int()).meta({ description: 'How many of each class.' }),
    services: z
      .array(z.strictObject({ service: z.string(), count: z.int() }))
      .meta({ description: 'Those that bring the gravest first.' }),
    named: texts('The actions to name; all of them where there are few.'),
    inPart: count('How many of them are allowed in part: at some resources, or under a condition.'),
    everythingBut: z
      .strictObject({
        patterns: texts('The actions that are excepted.'),
        actions: count('How many actions the other side allows.'),
      })
      .meta({ description: 'Where `*` or NotAction decides, so that the count grows when AWS adds actions.' })
      .exactOptional(),
    limits: z
      .strictObject({ gone: z.array(limit), come: z.array(limit), direction: z.enum(['wider', 'narrower', 'other']) })
      .meta({ description: 'Of other limits: how they differ.' })
      .exactOptional(),
  })
  .meta({ description: 'Actions that a permission set gains or loses, or whose limits differ.' });

const administers = z.enum(['yes', 'conditional', 'no']);

/** What an edit does to a permission set. */
export const editedSet = z.strictObject({
  policies: z
    .strictObject({
      moves: z.array(move),
      administrator: z
        .strictObject({
          before: administers,
          after: administers,
          by: texts('The actions that make its holder one; `*` for everything, `!` before what it excepts.'),
        })
        .meta({ description: 'Whether its holder administers an account, as far as its policies are known.' }),
      passesAnyRoleTo: z
        .array(z.strictObject({ service: z.string(), by: z.array(z.string()) }))
        .meta({ description: 'Services that any role can newly be passed to, and the actions that start them.' }),
      assumesAnyRole: z.boolean().meta({ description: 'Whether any role can newly be assumed.' }),
      unknownJoins: texts('Policies of unknown content that are new.'),
      unknownLeaves: texts('Those that are gone.'),
      unknownBoundary: z
        .strictObject({ before: z.string().nullable(), after: z.string().nullable() })
        .meta({ description: 'A permissions boundary of unknown content that is gone, new or another.' })
        .exactOptional(),
    })
    .meta({ description: 'How what it allows differs from before. Counts rest on `policyData`.' }),
  sessionDuration: z.strictObject({ before: z.string(), after: z.string() }).exactOptional(),
  outdatedRoles: count('In how many accounts its role is out of date and is provisioned again.').exactOptional(),
  replaces: z
    .strictObject({ permissionSet: z.string(), assignments: count('How many assignments move from it.') })
    .meta({ description: 'The permission set that it replaces.' })
    .exactOptional(),
});

export const policyData = z
  .strictObject({
    actions: z.iso.date(),
    managedPolicies: z.iso.date(),
    otherPartition: text('The partition of the instance, where the data are of another one.').exactOptional(),
  })
  .meta({ description: 'The days of the data about AWS on which the differences of policies rest.' });
