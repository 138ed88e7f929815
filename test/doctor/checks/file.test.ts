import { describe, expect, it } from 'vitest';
import { accounts, person } from '../../support/live.ts';
import { examine, see, user } from '../examine.ts';

const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const home = { region: 'us-east-1' };
const seed = { instanceArn: arn };

describe('the file', () => {
  it('is fine', async () => {
    expect(await see('file', {})).toMatchObject({ status: 'ok', found: 'identity.yaml has no mistakes.' });
  });

  it('has mistakes: they are told with their lines, and all the rest is looked at without it', async () => {
    const { of, code, diagnosis } = await examine({ document: { users: { ann: {} }, nonsense: true } });
    expect(code).toBe(1);
    expect(of('file')).toMatchObject({ status: 'failed', found: 'identity.yaml has 2 mistakes.' });
    expect(of('file').items.join('\n')).toMatch(/^identity\.yaml:1:\d+: unknown-key/m);
    // In the words of the file that was asked for, wherever it is.
    expect(of('file').next).toEqual([
      { text: expect.any(String), line: 'idc plan --file identity.yaml --region us-east-1' },
    ]);
    expect(of('instance').status).toBe('ok');
    expect(of('pinned-instance')).toMatchObject({
      status: 'unknown',
      found: 'Not looked at: the file has mistakes.',
    });
    expect(diagnosis.summary.ok).toBeGreaterThan(8);
  });

  it('names what is not there', async () => {
    const sight = await see('file', {
      live: { groups: { ops: {} }, permissionSets: { Admin: {} } },
      document: {
        identityCenter: home,
        assignments: [{ groups: ['opps'], permissionSets: ['Admin'], accounts: ['production'] }],
      },
    });
    expect(sight.status).toBe('failed');
    expect(sight.items[0]).toMatch(/^identity\.yaml:1:174: unknown-group: .*did you mean "ops"\?$/);
  });

  it('names an account of another organization', async () => {
    const sight = await see('file', {
      document: {
        identityCenter: home,
        accounts: { ...accounts, other: '123456789012' },
        permissionSets: { Admin: {} },
        groups: { ops: {} },
        assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['other'] }],
      },
    });
    expect(sight.items[0]).toContain('unknown-account: Account 123456789012 is not in the organization');
  });

  it('renames to what is live as well', async () => {
    const sight = await see('file', {
      live: { groups: { ops: {}, old: {} } },
      document: { identityCenter: home, groups: { ops: { previously: 'old' } } },
    });
    expect(sight.items).toEqual([expect.stringMatching(/^identity.yaml:1:\d+: rename-to-existing: /)]);
  });
});

describe('the pin', () => {
  it.each([
    ['is right', arn, 'ok'],
    ['is missing', undefined, 'warning'],
    ['is another', 'arn:aws:sso:::instance/ssoins-fedcba9876543210', 'failed'],
  ])('%s', async (_case, instanceArn, status) => {
    const sight = await see('pinned-instance', {
      seed,
      document: { identityCenter: { ...home, ...(instanceArn !== undefined && { instanceArn }) } },
    });
    expect(sight.status).toBe(status);
    if (status !== 'ok') expect(sight.next).toMatchObject([{ line: `instanceArn: ${arn}` }]);
  });
});

const whole = {
  identityCenter: home,
  users: { ann: person('ann') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Admin: {} },
  assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] }],
};

describe('profiles from the file alone', () => {
  it.each([
    ['can be made', { ...whole, cli: { startUrl: 'https://my-sso.awsapps.com/start' } }, 'ok', ''],
    ['lack the URL of the portal', whole, 'note', "the access portal's URL"],
    ['lack a section', { identityCenter: home }, 'note', 'it has no section users'],
  ])('%s', async (_case, document, status, words) => {
    const sight = await see('offline-profiles', { document });
    expect(sight.status).toBe(status);
    expect(sight.found).toContain(words);
  });
});

describe('what ends', () => {
  const until = (date: string) => ({ ...whole, groups: { ops: { members: [{ user: 'ann', expires: date }] } } });

  it.each([
    ['long after', until('2026-12-31'), []],
    ['within a week', until('2026-06-20'), ['Move the date of what should stay.']],
    ['has ended', until('2026-06-01'), ['Remove expired access, then remove its entries from the file:']],
    [
      'an allowance that has ended',
      { ...whole, safety: { allow: { removals: 9, until: '2026-06-01' } } },
      ['Take safety.allow out of the file.'],
    ],
  ])('%s', async (_case, document, next) => {
    const sight = await see('endings', { document, live: { users: { ann: user('ann') } } });
    expect(sight.status).toBe(next.length === 0 ? 'ok' : 'note');
    expect(sight.next.map(({ text }) => text)).toEqual(next);
    if (next.length > 0) expect(sight.items[0]).toMatch(/^identity\.yaml:1: /);
  });
});
