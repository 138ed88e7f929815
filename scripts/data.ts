// Writes the data about AWS that ships with idc, from packages that others maintain: `npm run data` after updating one.
import { writeFileSync } from 'node:fs';
import { managedPolicyNames } from './managed-policy-names.ts';

writeFileSync('src/kinds/permission-set/managed-policies.json', `${JSON.stringify(managedPolicyNames(), null, 2)}\n`);
