import { expect, it } from 'vitest';
import { emitProfiles } from '../../src/profiles/emit.ts';
import { preferencesFor } from '../../src/profiles/preferences.ts';

const grant = { accountId: '111122223333', accountName: 'production', permissionSet: 'Billing' };
const all = { region: 'all-1', output: 'text' };
const account = new Map([[grant.accountId, { region: 'account-1' }]]);
const set = new Map([[grant.permissionSet, { region: 'set-1' }]]);

it('the person wins over the permission set, that over the account, and that over what holds for all', () => {
  const regions = [
    preferencesFor(grant, {}, all),
    preferencesFor(grant, { accounts: account }, all),
    preferencesFor(grant, { accounts: account, permissionSets: set }, all),
    preferencesFor(grant, { accounts: account, permissionSets: set, user: { region: 'user-1' } }, all),
  ].map(({ region }) => region);
  expect(regions).toEqual(['all-1', 'account-1', 'set-1', 'user-1']);
});

it('region and output are chosen each for itself, and what another one prefers does not matter', () => {
  const layers = {
    user: { output: 'json' },
    permissionSets: new Map([
      ['Billing', { region: 'set-1' }],
      ['Other', { region: 'other-1' }],
    ]),
    accounts: new Map([[grant.accountId, { region: 'account-1', output: 'table' }]]),
  };
  expect(preferencesFor(grant, layers, all)).toEqual({ region: 'set-1', output: 'json' });
  expect(preferencesFor({ ...grant, permissionSet: 'Admin' }, layers, all)).toEqual({
    region: 'account-1',
    output: 'json',
  });
  expect(preferencesFor({ accountId: '444455556666', permissionSet: 'Admin' }, {}, {})).toEqual({});
});

it('[default] has what its profile has', () => {
  const { sections } = emitProfiles({
    user: 'hanako',
    grants: [grant, { ...grant, permissionSet: 'Admin' }],
    settings: {
      sessionName: 's',
      startUrl: 'https://x.awsapps.com/start',
      ssoRegion: 'us-east-1',
      registrationScopes: ['sso:account:access'],
      profileName: '{permissionSet}',
      region: 'eu-west-1',
    },
    preferences: { permissionSets: new Map([['Billing', { region: 'us-east-1' }]]) },
    default: { accountId: grant.accountId, permissionSet: 'Billing' },
  });
  expect(sections.map(({ name, keys }) => [name, keys['region']])).toEqual([
    ['s', undefined],
    ['default', 'us-east-1'],
    ['Admin', 'eu-west-1'],
    ['Billing', 'us-east-1'],
  ]);
});
