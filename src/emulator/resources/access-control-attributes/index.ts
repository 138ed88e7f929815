import type { Context } from '../../core/context.ts';
import { conflict, notFound, validationError } from '../../core/errors.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { list, string, structure } from '../../core/shape.ts';
import { putInstance } from '../../core/world.ts';
import { onInstance, requireInstance } from '../../services/sso-admin/instance.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { InstanceArn, ofInstance } from '../../services/sso-admin/shapes.ts';

interface AccessControlAttribute {
  readonly Key: string;
  readonly Value: { readonly Source: readonly string[] };
}

/** Which attributes of a person are passed into accounts. */
interface AccessControl {
  readonly Attributes: readonly AccessControlAttribute[];
  /** Until then its creation is in progress; milliseconds of the clock. */
  readonly EnabledFrom: number;
  /** Why its creation failed, where it did. */
  readonly FailureReason?: string;
}

declare module '../../core/world.ts' {
  interface Instance {
    /** Absent where attributes for access control are not enabled. */
    readonly AccessControl?: AccessControl;
  }
}

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** Enabling attributes for access control ends as CREATION_FAILED. */
    accessControlCreation: 'succeeds' | 'fails';
  }
}

const AccessControlAttributes = list(
  structure({
    Key: string({ min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]+' }),
    Value: structure({
      Source: list(string({ min: 0, max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@\\[\\]\\{\\}\\$\\\\"]*' }), {
        min: 1,
        max: 1,
      }),
    }),
  }),
  { min: 0, max: 50 },
);
const InstanceAccessControlAttributeConfiguration = structure({ AccessControlAttributes });

const operations = {
  DescribeInstanceAccessControlAttributeConfiguration: operation(
    structure(ofInstance),
    onInstance,
    (context, input) => {
      const found = requireConfiguration(context, input);
      return {
        Status: statusOf(context, found),
        ...(found.FailureReason !== undefined && { StatusReason: found.FailureReason }),
        InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: found.Attributes },
      };
    },
  ),

  CreateInstanceAccessControlAttributeConfiguration: operation(
    structure({ InstanceArn, InstanceAccessControlAttributeConfiguration }),
    onInstance,
    (context, input) => {
      const { world, behaviour } = context;
      requireInstance(context, input);
      if (world.instance.AccessControl) {
        throw conflict('An access control attribute configuration already exists for this instance.');
      }
      const Attributes = attributesOf(input);
      const EnabledFrom = behaviour.now() + behaviour.asyncMs;
      const fails = behaviour.accessControlCreation === 'fails';
      store(context, {
        Attributes,
        EnabledFrom,
        ...(fails && { FailureReason: 'The attributes could not be enabled.' }),
      });
      return {};
    },
  ),

  UpdateInstanceAccessControlAttributeConfiguration: operation(
    structure({ InstanceArn, InstanceAccessControlAttributeConfiguration }),
    onInstance,
    (context, input) => {
      const before = requireConfiguration(context, input);
      refuseWhileCreated(context, before);
      // The list that is sent is the list that there is afterwards.
      store(context, { ...before, Attributes: attributesOf(input) });
      return {};
    },
  ),

  DeleteInstanceAccessControlAttributeConfiguration: operation(structure(ofInstance), onInstance, (context, input) => {
    refuseWhileCreated(context, requireConfiguration(context, input));
    store(context, undefined);
    return {};
  }),
};

/** Attributes for access control: one configuration of the whole instance, whose list is sent whole. */
export const accessControlAttributes = defineResource({
  service: ssoAdmin,
  operations,
  defaults: { accessControlCreation: 'succeeds' },
});

function requireConfiguration(context: Context, input: { readonly InstanceArn: string }): AccessControl {
  const { AccessControl: found } = requireInstance(context, input);
  if (!found) throw notFound('Could not find an access control attribute configuration for this instance.');
  return found;
}

function statusOf({ behaviour }: Context, { EnabledFrom, FailureReason }: AccessControl) {
  if (behaviour.now() < EnabledFrom) return 'CREATION_IN_PROGRESS';
  return FailureReason === undefined ? 'ENABLED' : 'CREATION_FAILED';
}

function refuseWhileCreated(context: Context, row: AccessControl): void {
  if (statusOf(context, row) !== 'CREATION_IN_PROGRESS') return;
  throw conflict('The access control attribute configuration is being created. Please try again later.');
}

interface ConfigurationInput {
  readonly InstanceAccessControlAttributeConfiguration: {
    readonly AccessControlAttributes: readonly AccessControlAttribute[];
  };
}

function attributesOf({ InstanceAccessControlAttributeConfiguration: given }: ConfigurationInput) {
  const keys = given.AccessControlAttributes.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw validationError(`The access control attribute ${twice} is there twice.`);
  return given.AccessControlAttributes;
}

function store({ world, report }: Context, configuration: AccessControl | undefined): void {
  const { AccessControl: _before, ...instance } = world.instance;
  putInstance(world, { ...instance, ...(configuration && { AccessControl: configuration }) });
  report({ type: 'instance-updated', instanceArn: instance.InstanceArn });
}
