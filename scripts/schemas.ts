import { writeFileSync } from 'node:fs';
import { identityJsonSchema, includedJsonSchema } from '../src/config/json-schema.ts';
import { snapshotJsonSchema } from '../src/commands/snapshot-file.ts';
import { accessJsonSchema } from '../src/render/access-schema.ts';
import { diagnosisJsonSchema } from '../src/render/doctor-schema.ts';
import { planJsonSchema } from '../src/render/plan-schema.ts';

/** Every generated schema and where it is kept. A test compares them. */
export const schemas = [
  { file: 'schemas/access.schema.json', schema: accessJsonSchema },
  { file: 'schemas/doctor.schema.json', schema: diagnosisJsonSchema },
  { file: 'schemas/identity.schema.json', schema: identityJsonSchema },
  { file: 'schemas/included.schema.json', schema: includedJsonSchema },
  { file: 'schemas/plan.schema.json', schema: planJsonSchema },
  { file: 'schemas/snapshot.schema.json', schema: snapshotJsonSchema },
];

for (const { file, schema } of schemas) {
  writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(schema(), null, 2)}\n`);
}
