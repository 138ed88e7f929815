import { type Context, timestamp } from '../../core/context.ts';
import { notFound, quotaExceeded, validationError } from '../../core/errors.ts';
import { takePage, takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { storeArn } from '../../services/identity-store/arns.ts';
import { clientTokenOf, createdBefore } from '../../services/sso-admin/client-token.ts';
import { arnInInstance, requireAccessibleInstance, requireInstance } from '../../services/sso-admin/instance.ts';
import { AccountId, ofInstance, paged } from '../../services/sso-admin/shapes.ts';
import { mergeTags } from '../../services/sso-admin/tags.ts';
import { providerArn, providersOf } from './providers.ts';
import { ApplicationProviderArn, CreateApplication, UpdateApplication } from './shapes.ts';
import { type Application, applicationArn, ofApplication, onApplication, requireApplication } from './table.ts';

/** The API model's list of applications is shorter than its pages could be. */
const mostOnAPage = 50;

const Filter = structure({}, { ApplicationAccount: AccountId, ApplicationProvider: ApplicationProviderArn });

export const applicationOperations = {
  ListApplicationProviders: operation(
    structure({}, paged),
    (_input, { world }) => [providerArn(world.organization.Partition, '*')],
    (context, input) => {
      const page = takePage(context, input, providersOf(context.world), (row) => row.ApplicationProviderArn);
      return { ApplicationProviders: page.items, ...page.next };
    },
  ),

  ListApplications: operation(
    structure(ofInstance, { ...paged, Filter }),
    () => [],
    (context, input) => {
      requireAccessibleInstance(context, input);
      const { applications } = context.world;
      const { ApplicationAccount: account, ApplicationProvider: provider } = input.Filter ?? {};
      const rows = applications
        .rows()
        .filter((row) => account === undefined || row.ApplicationAccount === account)
        .filter((row) => provider === undefined || row.ApplicationProviderArn === provider);
      const MaxResults = Math.min(input.MaxResults ?? mostOnAPage, mostOnAPage);
      const page = takeRows(context, { ...input, MaxResults }, rows, applications);
      return { Applications: page.items.map((row) => describe(context, row)), ...page.next };
    },
  ),

  DescribeApplication: operation(structure(ofApplication), onApplication, (context, input) => {
    return describe(context, requireApplication(context, input));
  }),

  CreateApplication: operation(CreateApplication, onNewApplication, (context, input) => {
    const { world, behaviour, caller, report } = context;
    const instance = requireInstance(context, input);
    const { ApplicationProviderArn, Name, Description, PortalOptions, Status = 'ENABLED', Tags = [] } = input;
    const provider = providersOf(world).find((one) => one.ApplicationProviderArn === ApplicationProviderArn);
    if (!provider) throw notFound(`Could not find ApplicationProvider with arn ${ApplicationProviderArn}`);
    // API model: applications of SAML 2.0 can be made in the console only.
    if (provider.FederationProtocol === 'SAML') {
      throw validationError(`Applications of ${ApplicationProviderArn} can't be created with this operation.`);
    }
    const before = createdBefore(world.applications, input);
    if (before) return created(context, before);
    if (world.applications.size >= behaviour.quotas.applications) {
      throw quotaExceeded(
        `You have exceeded AWS SSO limits. Cannot create more than ${behaviour.quotas.applications} applications.`,
      );
    }
    const row: Application = {
      ApplicationArn: applicationArn(instance.InstanceArn, caller.accountId, nextId(world, 'application')),
      ApplicationProviderArn,
      Name,
      ApplicationAccount: caller.accountId,
      Status,
      ...(PortalOptions && { PortalOptions }),
      ...(Description !== undefined && { Description }),
      CreatedDate: timestamp(context),
      AssignmentRequired: true,
      Tags: mergeTags(context, [], Tags),
      ...clientTokenOf(input),
    };
    world.applications.put(row);
    report({ type: 'application-created', applicationArn: row.ApplicationArn });
    return created(context, row);
  }),

  UpdateApplication: operation(UpdateApplication, onApplication, (context, input) => {
    const before = requireApplication(context, input);
    const { PortalOptions, ...changed } = input;
    context.world.applications.put({
      ...before,
      ...changed,
      // What the input can't set, Visibility, is kept.
      ...(PortalOptions && { PortalOptions: { ...before.PortalOptions, ...PortalOptions } }),
    });
    context.report({ type: 'application-updated', applicationArn: before.ApplicationArn });
    return {};
  }),

  DeleteApplication: operation(structure(ofApplication), onApplication, (context, input) => {
    const { ApplicationArn } = requireApplication(context, input);
    context.world.applications.delete(ApplicationArn);
    context.report({ type: 'application-deleted', applicationArn: ApplicationArn });
    return {};
  }),

  GetApplicationAssignmentConfiguration: operation(structure(ofApplication), onApplication, (context, input) => {
    const { AssignmentRequired } = requireApplication(context, input);
    return { AssignmentRequired };
  }),

  PutApplicationAssignmentConfiguration: operation(
    structure({ ...ofApplication, AssignmentRequired: { type: 'boolean' } }),
    onApplication,
    (context, input) => {
      const row = requireApplication(context, input);
      context.world.applications.put({ ...row, AssignmentRequired: input.AssignmentRequired });
      context.report({ type: 'application-updated', applicationArn: row.ApplicationArn });
      return {};
    },
  ),
};

interface CreateInput {
  readonly InstanceArn: string;
  readonly ApplicationProviderArn: string;
}

function onNewApplication({ InstanceArn, ApplicationProviderArn }: CreateInput, { caller }: Context): string[] {
  return [arnInInstance(InstanceArn, 'application', '*', caller.accountId), InstanceArn, ApplicationProviderArn];
}

function created({ world }: Context, { ApplicationArn }: Application) {
  return { ApplicationArn, InstanceArn: world.instance.InstanceArn, IdentityStoreArn: storeArn(world) };
}

function describe({ world }: Context, row: Application) {
  const {
    AssignmentRequired: _required,
    Tags: _tags,
    ClientToken: _token,
    ClientRequest: _request,
    ...attributes
  } = row;
  const { InstanceArn, Region } = world.instance;
  return { ...attributes, InstanceArn, IdentityStoreArn: storeArn(world), CreatedFrom: Region };
}
