import { expect, it } from 'vitest';
import { reviewFile } from '../../../src/config/review.ts';
import { managedPolicies, managedPoliciesDate } from '../../../src/kinds/permission-set/managed-policies.ts';
import { sections } from '../../../src/kinds/sections.ts';
import { loadCatalogue } from '../../../src/policies/catalogue.ts';
import { load } from '../../config/support.ts';

const inline = (action: string): string =>
  `inlinePolicy: { Statement: { Effect: Allow, Action: ["${action}"], Resource: "*" } }`;
const sets = (...entries: string[]): string =>
  `version: 1\npermissionSets:\n${entries.map((entry, index) => `  Set${index}: { ${entry} }\n`).join('')}`;

const { date } = await loadCatalogue();
const inDays = (days: number): Date => new Date(Date.parse(date) + days * 24 * 60 * 60 * 1000);

async function review(text: string, now = inDays(30), ...only: string[]) {
  const loaded = load(text);
  const isAbout = (_kind: string | undefined, entry: string): boolean => only.length === 0 || only.includes(entry);
  const problems = await reviewFile(loaded, sections, now, isAbout);
  return problems.map(({ code, message, at }) => `${loaded.places.of(at)?.line} ${code}: ${message}`);
}

it('says the date of the data once, at the end of the last warning that rests on it', async () => {
  const text = sets(inline('s3:Gett*'), inline('ec2:Runn*'), 'relayState: "https://example.com/"');
  const found = await review(text);
  expect(found.map((line) => line.includes(`(AWS data of ${date})`))).toEqual([false, true, false]);
});

it('makes one warning of what many sets share, with a count', async () => {
  expect(await review(sets(...Array.from({ length: 12 }, () => inline('s3:Gett*'))))).toEqual([
    `3 matches-no-action: "s3:Gett*" matches no action of s3. Found in 12 places, in 12 permission sets. (AWS data of ${date})`,
  ]);
});

it('can be asked about some sets alone', async () => {
  const text = sets(inline('s3:Gett*'), inline('ec2:Runn*'));
  expect(await review(text, undefined, 'Set1')).toEqual([
    `4 matches-no-action: "ec2:Runn*" matches no action of ec2. (AWS data of ${date})`,
  ]);
});

it('of data older than 90 days tells only what looks like a slip, and how many names it lacks', async () => {
  const text = sets(inline('ses:SendMail'), inline('ec2:FrobnicateAll'), inline('newservice:Get'));
  expect((await review(text, inDays(90))).map((line) => line.split(':')[0])).toEqual([
    '3 unknown-action',
    '4 unknown-action',
    '5 unknown-service',
  ]);
  expect(await review(text, inDays(91))).toEqual([
    '3 unknown-action: "ses:SendMail" is not an action of ses; did you mean "ses:SendEmail"?',
    `4 old-policy-data: The data about AWS is 91 days old and lacks 2 names in inline policies: a newer idc can tell whether AWS has them. Found in 2 places, in 2 permission sets. (AWS data of ${date})`,
  ]);
});

it('says which managed policies the data lacks, or once that it is old', async () => {
  const text = sets(
    'managedPolicies: [FrobnicatorFullAccess]',
    'permissionsBoundary: { managedPolicy: FrobnicatorLimits }',
  );
  const told = (name: string): string =>
    `"${name}" is not in the data of ${managedPoliciesDate} on AWS's managed policies, so what it allows is not known. Guards treat it like a customer managed policy.`;
  const day = 24 * 60 * 60 * 1000;
  const [fresh, old] = [90, 91].map((days) => new Date(Date.parse(managedPoliciesDate) + days * day));
  expect(await review(text, fresh)).toEqual([
    `3 managed-policy-not-in-data: ${told('FrobnicatorFullAccess')}`,
    `4 managed-policy-not-in-data: ${told('FrobnicatorLimits')}`,
  ]);
  expect(await review(text, old)).toEqual([
    "3 old-policy-data: The data about AWS's managed policies is 91 days old and lacks some that the file names: a newer idc can tell whether AWS has them. Found in 2 places, in 2 permission sets.",
  ]);
});

it('warns of more managed policies than a role can have by default', async () => {
  const list = (count: number): string => `managedPolicies: [${[...managedPolicies].slice(0, count).join(', ')}]`;
  expect(await review(sets(list(10)))).toEqual([]);
  expect(await review(sets(list(9) + ', customerManagedPolicies: [{ name: a }, { name: b }]'))).toEqual([
    '3 many-managed-policies: "Set0" has 11 managed policies. A role can have 10 unless AWS has raised that quota of IAM in each account; without it provisioning fails.',
  ]);
});

it.each([
  'https://console.aws.amazon.com/',
  'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#x',
  'https://console.amazonaws-us-gov.com',
  'https://console.amazonaws.cn/ec2',
])('takes %s for a URL of the console', async (url) => {
  expect(await review(sets(`relayState: "${url}"`))).toEqual([]);
});

it.each([
  'http://console.aws.amazon.com/',
  'https://example.com/',
  'https://console.aws.amazon.com.example.com/',
  'https://console.aws.amazon.com@example.com/',
  'ec2',
])('warns that %s is not a URL of the console', async (url) => {
  expect(await review(sets(`relayState: "${url}"`))).toEqual([
    `3 relay-state: "${url}" is not a URL of the AWS console. The portal sends people there when they choose "Set0"; one that works is "https://console.aws.amazon.com/".`,
  ]);
});

it('suggests the name of an AWS managed policy, in a set and as its boundary', async () => {
  const text = sets('managedPolicies: [Billing]', 'permissionsBoundary: { managedPolicy: Billing }');
  expect(await review(text)).toEqual([
    '3 managed-policy-spelling: "Billing" is not among AWS\'s managed policies of 2026-08-26; did you mean "job-function/Billing"? Found in 2 places, in 2 permission sets.',
  ]);
});
