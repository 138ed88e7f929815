import type { Context } from '../../core/context.ts';
import { quotaExceeded, validationError } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { fold, nextId } from '../../core/world.ts';
import { identityArn, storeArn } from '../../services/identity-store/arns.ts';
import { applyOperations } from '../../services/identity-store/attribute-paths.ts';
import { checkRevision, nextRevision, revisionOf } from '../../services/identity-store/revisions.ts';
import {
  acceptAbsent,
  type AlternateIdentifier,
  createdNow,
  duplicate,
  externalIdKey,
  isReserved,
  notFoundHere,
  requireStore,
  updatedNow,
  wantedText,
} from '../../services/identity-store/store.ts';
import { userPaths } from './attributes.ts';
import { checkAttributes, checkExtensions, setExtension, splitExtensionPath } from './extensions.ts';
import { CreateUser, DeleteUser, DescribeUser, GetUserId, ListUsers, UpdateUser } from './shapes.ts';
import { requireUser, type User, type UserAttributes } from './table.ts';

export const userOperations = {
  CreateUser: operation(CreateUser, onStore, (context, input) => {
    const { world, behaviour } = context;
    requireStore(context, input.IdentityStoreId);
    const { IdentityStoreId: _store, ...attributes } = input;
    const { UserName } = attributes;
    checkRequired(attributes);
    if (UserName === undefined) throw missing('userName');
    checkExtensions(Object.keys(attributes.Extensions ?? {}));
    for (const given of Object.values(attributes.Extensions ?? {})) checkAttributes(given, behaviour);
    if (world.users.size >= behaviour.quotas.users) {
      throw quotaExceeded(`The number of users can't be more than ${behaviour.quotas.users}.`);
    }
    const UserId = uuid(nextId(world, 'user'));
    const user: User = { ...attributes, UserId, UserName, UserStatus: 'ENABLED', ...createdNow(context) };
    checkUnique(context, user);
    world.users.put(user);
    context.report({ type: 'user-created', userId: UserId });
    return identify(context, user);
  }),

  DescribeUser: operation(DescribeUser, onUser, (context, input) => {
    return describe(context, requireUser(context, input), input.Extensions);
  }),

  UpdateUser: operation(UpdateUser, onUser, (context, input) => {
    const { world, behaviour } = context;
    const before = requireUser(context, input);
    checkRevision(context, before, input);
    let Extensions = before.Extensions;
    const plain = input.Operations.filter(({ AttributePath, AttributeValue }) => {
      const extension = splitExtensionPath(AttributePath);
      if (extension) Extensions = setExtension(Extensions, extension, AttributeValue, behaviour);
      return !extension;
    });
    const { Extensions: _before, ...after } = applyOperations(before, userPaths, plain);
    if (behaviour.userNameUpdate === 'refused' && after.UserName !== before.UserName) {
      throw validationError('Attribute userName cannot be updated.');
    }
    const extended = Extensions === undefined ? {} : { Extensions };
    const user: User = { ...after, ...extended, ...updatedNow(context), ...nextRevision(before) };
    checkUnique(context, user);
    world.users.put(user);
    context.report({ type: 'user-updated', userId: user.UserId });
    return identify(context, user);
  }),

  DeleteUser: operation(DeleteUser, onUser, (context, input) => {
    const user = acceptAbsent(context, () => requireUser(context, input));
    if (!user) return {};
    checkRevision(context, user, input);
    // Assignments stay: they then name a principal that is no more (observed; the console shows them too).
    context.world.users.delete(user.UserId);
    context.report({ type: 'user-deleted', userId: user.UserId });
    return {};
  }),

  ListUsers: operation(ListUsers, onAnyUser, (context, input) => {
    requireStore(context, input.IdentityStoreId);
    checkExtensions(input.Extensions ?? []);
    const { users } = context.world;
    const [filter] = input.Filters ?? [];
    if (filter && fold(filter.AttributePath) !== 'username') {
      throw validationError(`Filtering by ${filter.AttributePath} is not supported.`);
    }
    const rows = filter ? named(context, filter.AttributeValue) : users.rows();
    const page = takeRows(context, input, rows, users);
    return { Users: page.items.map((user) => describe(context, user, input.Extensions)), ...page.next };
  }),

  GetUserId: operation(GetUserId, onAnyUser, (context, input) => {
    requireStore(context, input.IdentityStoreId);
    const [found] = find(context, input.AlternateIdentifier);
    if (!found) throw notFoundHere('USER');
    const { Revision: _revision, ...identity } = identify(context, found);
    return identity;
  }),
};

function onStore(_input: object, { world }: Context): string[] {
  return [storeArn(world)];
}

function onUser({ UserId }: { readonly UserId: string }, { world }: Context): string[] {
  return [identityArn(world, 'user', UserId), storeArn(world)];
}

/** Of a request that names no user by id. */
function onAnyUser(_input: object, context: Context): string[] {
  return onUser({ UserId: '*' }, context);
}

function find(context: Context, wanted: AlternateIdentifier): User[] {
  const { ExternalId, UniqueAttribute } = wanted;
  if (ExternalId) return context.world.users.by('externalId', externalIdKey(ExternalId));
  const value = wantedText(wanted);
  switch (fold(UniqueAttribute?.AttributePath ?? '')) {
    case 'username':
      return named(context, value);
    case 'emails.value':
      return context.world.users.by('email', fold(value));
    default:
      throw validationError(`Attribute path ${UniqueAttribute?.AttributePath} is not a unique attribute of users.`);
  }
}

/** Users of this name, in the case rules of the behaviour. */
function named({ world, behaviour }: Context, name: string): User[] {
  const rows = world.users.by('name', fold(name));
  return behaviour.userNameCase === 'insensitive' ? rows : rows.filter((row) => row.UserName === name);
}

/** What every answer about a user begins with. */
function identify({ world, behaviour }: Context, user: User) {
  const { UserId } = user;
  const { IdentityStoreId } = world.instance;
  return { IdentityStoreId, UserId, UserArn: identityArn(world, 'user', UserId), ...revisionOf(behaviour, user) };
}

/** Extensions are answered only to who asks for them by name. */
function describe(context: Context, user: User, wanted: readonly string[] = []) {
  checkExtensions(wanted);
  const { Extensions, Revision: _revision, ...attributes } = user;
  const extended = wanted.length > 0 && Extensions ? { Extensions } : {};
  return { ...attributes, ...identify(context, user), ...extended };
}

/** API reference: "When used in IAM Identity Center, this parameter is required". */
function checkRequired({ DisplayName, Name }: UserAttributes): void {
  if (DisplayName === undefined) throw missing('displayName');
  if (Name === undefined) throw missing('name');
  if (Name.GivenName === undefined) throw missing('name.givenName');
  if (Name.FamilyName === undefined) throw missing('name.familyName');
}

function missing(attribute: string) {
  return validationError(`${attribute}: The attribute ${attribute} is required.`);
}

function checkUnique(context: Context, user: User): void {
  const { world, behaviour } = context;
  if (isReserved(user.UserName)) throw validationError(`${user.UserName} is a reserved user name.`);
  const others = (rows: User[]): boolean => rows.some((row) => row.UserId !== user.UserId);
  if (others(named(context, user.UserName))) throw duplicate('UserName');
  for (const { Value } of user.Emails ?? []) {
    const taken = Value !== undefined && others(world.users.by('email', fold(Value)));
    if (taken && behaviour.duplicateEmail === 'refused') throw duplicate('Email');
  }
}
