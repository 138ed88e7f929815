// Writes the data about AWS that ships with idc, from packages that others maintain: `npm run data` after updating one.
import { writeFileSync } from 'node:fs';
import { allManagedPolicyNames, managedPolicyNames } from './managed-policy-names.ts';
import { packed, policyData } from './policy-data.ts';

writeFileSync('src/policies/data/policy-names.json', `${JSON.stringify(managedPolicyNames(), null, 2)}\n`);
writeFileSync(
  'src/emulator/resources/permission-set/managed-policy-names.json',
  `${JSON.stringify(allManagedPolicyNames(), null, 2)}\n`,
);
for (const [name, data] of Object.entries(await policyData())) {
  writeFileSync(`src/policies/data/${name}.json`, packed(data));
}
