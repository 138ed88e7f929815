import { readFileSync, writeFileSync } from 'node:fs';
import { commandsPage } from './commands-page.ts';
import { fillReadme } from './readme.ts';

// The pages that the definitions of commands and the registry of kinds make. A test compares them.
const file = (name: string): URL => new URL(`../${name}`, import.meta.url);

writeFileSync(file('docs/commands.md'), commandsPage());
writeFileSync(file('README.md'), fillReadme(readFileSync(file('README.md'), 'utf8')));
