import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workflowTemplates } from './workflow-templates.ts';

for (const [file, text] of workflowTemplates()) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
