// The changelog's section of the version that is tagged: node scripts/release-notes.mjs v1.2.3. Fails where either is another.
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (tag !== `v${version}`) fail(`The tag is ${tag}, and the version in package.json is ${version}.`);
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
const section = sections.find((text) => text.startsWith(`${version} `));
if (section === undefined) fail(`CHANGELOG.md has no section "## ${version} (DATE)".`);
else process.stdout.write(`${section.slice(section.indexOf('\n')).trim()}\n`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
