// The main job on the embedded Identity Center, in a folder of its own: validate, plan, apply, plan again, profiles.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'idc-demo-'));
cpSync(path.join(root, 'identity.yaml'), path.join(folder, 'identity.yaml'));
cpSync(path.join(root, 'policies'), path.join(folder, 'policies'), { recursive: true });

const steps = [
  ['validate'],
  ['plan', '--local'],
  ['apply', '--local', '--yes'],
  ['plan', '--local', '--detailed-exitcode'],
  ['profiles', 'hanako'],
];
let status = 0;
for (const args of steps) {
  console.log(`\n$ idc ${args.join(' ')}`);
  status =
    spawnSync(process.execPath, [path.join(root, 'dist', 'main.js'), ...args], { cwd: folder, stdio: 'inherit' })
      .status ?? 1;
  if (status !== 0) break;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = status;
