import { readFileSync } from 'node:fs';

// Beside src/ and beside dist/ lies the same package.json.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

export const { version } = manifest;
