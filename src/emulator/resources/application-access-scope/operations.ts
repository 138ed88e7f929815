import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { takeRows } from '../../core/paging.ts';
import { operation } from '../../core/resource.ts';
import { list, string, structure } from '../../core/shape.ts';
import { NextToken } from '../../services/sso-admin/shapes.ts';
import { ofApplication, onApplication, requireApplication } from '../application/table.ts';
import { type ApplicationAccessScope, scopeKey } from './table.ts';

const Scope = string({ pattern: '([A-Za-z0-9_]{1,50})(:[A-Za-z0-9_]{1,50}){0,1}(:[A-Za-z0-9_]{1,50}){0,1}' });
const AuthorizedTarget = string({
  min: 1,
  max: 100,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:sso::(\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}|:instance/(sso)?ins-[a-zA-Z0-9-.]{16})',
});
const AuthorizedTargets = list(AuthorizedTarget, { min: 1, max: 10 });

/** The API model's pages of scopes are shorter than all others. */
const mostOnAPage = 10;

export const accessScopeOperations = {
  ListApplicationAccessScopes: operation(
    structure(ofApplication, { MaxResults: { type: 'integer', min: 1, max: mostOnAPage }, NextToken }),
    onApplication,
    (context, input) => {
      const { ApplicationArn } = requireApplication(context, input);
      const { applicationAccessScopes } = context.world;
      const rows = applicationAccessScopes.by('application', ApplicationArn);
      const page = takeRows(context, input, rows, applicationAccessScopes, mostOnAPage);
      return { Scopes: page.items.map(describe), ...page.next };
    },
  ),

  GetApplicationAccessScope: operation(structure({ ...ofApplication, Scope }), onApplication, (context, input) => {
    return describe(requireScope(context, input));
  }),

  PutApplicationAccessScope: operation(
    structure({ ...ofApplication, Scope }, { AuthorizedTargets }),
    onApplication,
    (context, input) => {
      const { ApplicationArn } = requireApplication(context, input);
      context.world.applicationAccessScopes.put(input);
      context.report({ type: 'application-updated', applicationArn: ApplicationArn });
      return {};
    },
  ),

  DeleteApplicationAccessScope: operation(structure({ ...ofApplication, Scope }), onApplication, (context, input) => {
    const scope = requireScope(context, input);
    context.world.applicationAccessScopes.delete(scopeKey(scope));
    context.report({ type: 'application-updated', applicationArn: scope.ApplicationArn });
    return {};
  }),
};

function requireScope(context: Context, input: ApplicationAccessScope): ApplicationAccessScope {
  requireApplication(context, input);
  const found = context.world.applicationAccessScopes.get(scopeKey(input));
  if (!found) throw notFound(`Could not find access scope ${input.Scope}`);
  return found;
}

function describe({ Scope, AuthorizedTargets }: ApplicationAccessScope) {
  return { Scope, ...(AuthorizedTargets && { AuthorizedTargets }) };
}
