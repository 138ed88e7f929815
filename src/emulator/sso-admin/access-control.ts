import type { Context, Handlers } from '../context.ts';
import { conflict, notFound, validationError } from '../errors.ts';
import type { AccessControl, AccessControlAttribute } from '../rows.ts';
import { requireInstance } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';

/** Attributes for access control: one configuration of the whole instance, whose list is sent whole. */
export const accessControl = {
  DescribeInstanceAccessControlAttributeConfiguration(context, input) {
    const found = requireConfiguration(context, input.InstanceArn);
    return {
      Status: statusOf(context, found),
      ...(found.FailureReason !== undefined && { StatusReason: found.FailureReason }),
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: found.Attributes },
    };
  },

  CreateInstanceAccessControlAttributeConfiguration(context, input) {
    const { world, behaviour } = context;
    requireInstance(context, input.InstanceArn);
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

  UpdateInstanceAccessControlAttributeConfiguration(context, input) {
    const before = requireConfiguration(context, input.InstanceArn);
    refuseWhileCreated(context, before);
    // The list that is sent is the list that there is afterwards.
    store(context, { ...before, Attributes: attributesOf(input) });
    return {};
  },

  DeleteInstanceAccessControlAttributeConfiguration(context, input) {
    refuseWhileCreated(context, requireConfiguration(context, input.InstanceArn));
    store(context, undefined);
    return {};
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

function requireConfiguration(context: Context, instanceArn: string): AccessControl {
  const { AccessControl: found } = requireInstance(context, instanceArn);
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
  world.instance = { ...instance, ...(configuration && { AccessControl: configuration }) };
  world.writes++;
  report({ type: 'instance-updated', instanceArn: instance.InstanceArn });
}
