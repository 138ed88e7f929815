import { readFileSync, writeFileSync } from 'node:fs';
import { commandsPage, commandTable } from './commands-page.ts';

// The pages that the definitions of commands make. A test compares them.
const file = (name: string): URL => new URL(`../${name}`, import.meta.url);

writeFileSync(file('docs/commands.md'), commandsPage());
const readme = readFileSync(file('README.md'), 'utf8');
writeFileSync(
  file('README.md'),
  readme.replace(/^\| command \|[^]*?(?=\n\n)/m, () => commandTable()),
);
