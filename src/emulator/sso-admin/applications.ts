import { identityStoreArn } from '../arns.ts';
import { type Context, type Handlers, timestamp } from '../context.ts';
import { notFound, quotaExceeded, validationError } from '../errors.ts';
import { applicationArn } from '../ids.ts';
import { takePage, takeRows } from '../paging.ts';
import type { Application } from '../rows.ts';
import { applicationAssignmentKey, nextId } from '../world.ts';
import { requireApplication, requireInstance } from './find.ts';
import { providersOf } from './providers.ts';
import type { ssoAdminShapes } from './shapes.ts';
import { mergeTags } from './tags.ts';

/** The API model's list of applications is shorter than its pages could be. */
const mostOnAPage = 50;

export const applications = {
  ListApplicationProviders(context, input) {
    const page = takePage(context, input, providersOf(context.world), (row) => row.ApplicationProviderArn);
    return { ApplicationProviders: page.items, ...page.next };
  },

  ListApplications(context, input) {
    requireInstance(context, input.InstanceArn);
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

  DescribeApplication(context, input) {
    return describe(context, requireApplication(context, input));
  },

  CreateApplication(context, input) {
    const { world, behaviour, caller, report } = context;
    const instance = requireInstance(context, input.InstanceArn);
    const {
      ApplicationProviderArn,
      Name,
      Description,
      PortalOptions,
      Status = 'ENABLED',
      Tags = [],
      ClientToken,
    } = input;
    const provider = providersOf(world).find((one) => one.ApplicationProviderArn === ApplicationProviderArn);
    if (!provider) throw notFound(`Could not find ApplicationProvider with arn ${ApplicationProviderArn}`);
    // API model: applications of SAML 2.0 can be made in the console only.
    if (provider.FederationProtocol === 'SAML') {
      throw validationError(`Applications of ${ApplicationProviderArn} can't be created with this operation.`);
    }
    const [again] = ClientToken === undefined ? [] : world.applications.by('clientToken', ClientToken);
    if (again) return created(context, again);
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
      ...(ClientToken !== undefined && { ClientToken }),
    };
    world.applications.put(row);
    report({ type: 'application-created', applicationArn: row.ApplicationArn });
    return created(context, row);
  },

  DeleteApplication(context, input) {
    const { world, report } = context;
    const { ApplicationArn } = requireApplication(context, input);
    for (const assignment of world.applicationAssignments.by('application', ApplicationArn)) {
      world.applicationAssignments.delete(applicationAssignmentKey(assignment));
    }
    world.applications.delete(ApplicationArn);
    report({ type: 'application-deleted', applicationArn: ApplicationArn });
    return {};
  },

  GetApplicationAssignmentConfiguration(context, input) {
    const { AssignmentRequired } = requireApplication(context, input);
    return { AssignmentRequired };
  },

  PutApplicationAssignmentConfiguration(context, input) {
    const row = requireApplication(context, input);
    context.world.applications.put({ ...row, AssignmentRequired: input.AssignmentRequired });
    context.report({ type: 'application-updated', applicationArn: row.ApplicationArn });
    return {};
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

function created({ world }: Context, { ApplicationArn }: Application) {
  return { ApplicationArn, InstanceArn: world.instance.InstanceArn, IdentityStoreArn: identityStoreArn(world) };
}

function describe({ world }: Context, row: Application) {
  const { AssignmentRequired: _required, Tags: _tags, ClientToken: _token, ...attributes } = row;
  const { InstanceArn, Region } = world.instance;
  return { ...attributes, InstanceArn, IdentityStoreArn: identityStoreArn(world), CreatedFrom: Region };
}
