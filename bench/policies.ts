// What the data about policies weighs, and what it takes to judge sets of policies: npm run bench:policies
import { readFileSync } from 'node:fs';
import type { Content } from '../src/policies/content.ts';
import names from '../src/policies/data/policy-names.json' with { type: 'json' };
import { loadCatalogue } from '../src/policies/catalogue.ts';
import { loadPolicies } from '../src/policies/load.ts';
import { createRandom, pick } from './random.ts';

const bytes = (name: string): number => {
  const { brotli } = JSON.parse(readFileSync(`src/policies/data/${name}.json`, 'utf8')) as { brotli: string };
  return Buffer.from(brotli, 'base64').length;
};

async function measure(what: string, run: () => unknown): Promise<void> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await run();
  const { user, system } = process.cpuUsage(cpu);
  const wall = performance.now() - start;
  console.log(
    `${what.padEnd(58)} ${((user + system) / 1000).toFixed(1).padStart(8)} ms CPU ${wall.toFixed(1).padStart(8)} ms`,
  );
}

console.log(`node ${process.version}`);
for (const name of ['actions', 'condition-keys', 'resource-types', 'documents']) {
  console.log(`${`${name}, in brotli`.padEnd(58)} ${bytes(name).toLocaleString('en').padStart(8)} bytes`);
}

const random = createRandom(1);
const from = (count: number): string => names.names[pick(random, count)] ?? '';
const set = (policies: string[], actions: string[] = []): Content => ({
  managedPolicies: policies,
  customerManagedPolicies: [],
  ...(actions.length > 0 && {
    inlinePolicy: { Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::a/*' })) },
  }),
});
const someOf = (count: number, most: number): string[] =>
  Array.from({ length: 1 + pick(random, most) }, () => from(count));

await measure('the catalogue, for validate', async () => (await loadCatalogue()).actionsOf('s3'));
const now = new Date();
let policies = await loadPolicies(now);
await measure('everything, read again', async () => {
  policies = await loadPolicies(now);
});
const administrator = set(['AdministratorAccess']);
await measure('AdministratorAccess', () => policies.judge(administrator));
await measure('ReadOnlyAccess', () => policies.judge(set(['ReadOnlyAccess'])));
await measure('PowerUserAccess and SecurityAudit within ViewOnlyAccess', () =>
  policies.judge({
    ...set(['PowerUserAccess', 'SecurityAudit']),
    permissionsBoundary: { managedPolicy: 'job-function/ViewOnlyAccess' },
  }),
);
const random150 = Array.from({ length: 150 }, () =>
  set(someOf(names.names.length, 4), ['s3:Get*', 'dynamodb:*', 'sqs:Send*']),
);
await measure('150 random sets', () => random150.forEach((content) => policies.judge(content)));
const many = Array.from({ length: 3500 }, () => set(someOf(421, 4)));
await measure('3,500 sets of 421 policies', () => many.forEach((content) => policies.judge(content)));
await measure('the same once more', () => many.forEach((content) => policies.judge(content)));
await measure('all managed policies', () => names.names.forEach((name) => policies.judge(set([name]))));
await measure('an edit: s3:* at some resources', () =>
  policies.compare(set(['ReadOnlyAccess']), set(['ReadOnlyAccess'], ['s3:*'])),
);
await measure('an edit: AdministratorAccess within ReadOnlyAccess', () =>
  policies.compare(administrator, { ...administrator, permissionsBoundary: { managedPolicy: 'ReadOnlyAccess' } }),
);
console.log(`${'memory, resident'.padEnd(58)} ${(process.memoryUsage().rss / 1e6).toFixed(0).padStart(8)} MB`);
