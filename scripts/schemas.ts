import { writeFileSync } from 'node:fs';
import { identityJsonSchema, includedJsonSchema } from '../src/config/schema/json-schema.ts';
import { seedJsonSchema } from '../src/emulator/index.ts';
import { snapshotJsonSchema } from '../src/source/snapshot-format.ts';
import { accessJsonSchema } from '../src/formats/access.ts';
import { differenceJsonSchema } from '../src/formats/difference.ts';
import { diagnosisJsonSchema } from '../src/formats/doctor.ts';
import { failureJsonSchema } from '../src/formats/failure.ts';
import { gitHubCheckJsonSchema } from '../src/formats/github-check.ts';
import { historyJsonSchema } from '../src/formats/history.ts';
import { planJsonSchema } from '../src/formats/plan.ts';
import { recordJsonSchema } from '../src/formats/record.ts';
import { reviewJsonSchema } from '../src/formats/review.ts';
import { rolesJsonSchema } from '../src/formats/roles.ts';

/** Every generated schema and where it is kept. A test compares them. */
export const schemas = [
  { file: 'schemas/access.schema.json', schema: accessJsonSchema },
  { file: 'schemas/diff.schema.json', schema: differenceJsonSchema },
  { file: 'schemas/doctor.schema.json', schema: diagnosisJsonSchema },
  { file: 'schemas/failure.schema.json', schema: failureJsonSchema },
  { file: 'schemas/github-check.schema.json', schema: gitHubCheckJsonSchema },
  { file: 'schemas/history.schema.json', schema: historyJsonSchema },
  { file: 'schemas/identity.schema.json', schema: identityJsonSchema },
  { file: 'schemas/included.schema.json', schema: includedJsonSchema },
  { file: 'schemas/plan.schema.json', schema: planJsonSchema },
  { file: 'schemas/record.schema.json', schema: recordJsonSchema },
  { file: 'schemas/review.schema.json', schema: reviewJsonSchema },
  { file: 'schemas/roles.schema.json', schema: rolesJsonSchema },
  { file: 'schemas/seed.schema.json', schema: seedJsonSchema },
  { file: 'schemas/snapshot.schema.json', schema: snapshotJsonSchema },
];

for (const { file, schema } of schemas) {
  writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(schema(), null, 2)}\n`);
}
