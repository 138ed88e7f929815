import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isNumberKept, templateDigests, type TemplateDigests } from './template-digests.ts';
import { workflowTemplates } from './workflow-templates.ts';

for (const [file, text] of workflowTemplates()) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const list = 'test/template-digests.json';
const made = templateDigests('.');
const kept = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as TemplateDigests) : undefined;
if (kept && isNumberKept(kept, made)) {
  console.error(
    'A template has another text. Raise templatesVersion in src/repository/version-line.ts, and run this again.',
  );
  process.exitCode = 1;
} else writeFileSync(list, `${JSON.stringify(made, null, 2)}\n`);
