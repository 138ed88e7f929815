import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { planJsonSchema } from '../../src/formats/plan.ts';

it('the published schema is current (npm run schemas writes it)', async () => {
  const published = await readFile(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(planJsonSchema());
});
