import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sections } from '../../../src/kinds/sections.ts';
import { runIdc } from '../../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function validate(document: object): Promise<string> {
  const file = path.join(folder, 'identity.yaml');
  writeFileSync(file, JSON.stringify({ version: 1, ...document }));
  const { code, out, err } = await runIdc(['validate', file]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.replace(`${file} is valid: `, '').trim();
}

describe('a valid file', () => {
  it.each(sections)('that has nothing but $name manages it, be it empty', async ({ name, schema }) => {
    const empty = [{}, []].find((value) => schema.safeParse(value).success);
    const said = await validate({ [name]: empty });
    expect(said).toMatch(/^0 [a-z ]+\.$/);
    expect(said).not.toContain('manages nothing');
  });

  it('is told with all that it manages', async () => {
    const attributes = { department: '${path:enterprise.department}', email: '${path:emails[primary eq true].value}' };
    expect(await validate({ accessControlAttributes: attributes, applicationAssignments: [] })).toBe(
      '0 application assignment entries, 2 attributes for access control.',
    );
    const uses = [{ groups: ['sales'], applications: ['Salesforce'] }];
    expect(await validate({ groups: { sales: {} }, applicationAssignments: uses })).toBe(
      '1 group, 1 application assignment entry.',
    );
  });

  it('without a section manages nothing', async () => {
    expect(await validate({ accounts: { production: '111122223333' } })).toBe('it manages nothing.');
  });
});
