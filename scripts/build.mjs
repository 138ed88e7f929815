// Makes dist/: the bundle, and beside each of its files what V8 compiled in some typical runs (see src/launch.cjs).
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';

const dist = path.resolve('dist');
rmSync(dist, { recursive: true, force: true });
const program = await bundle(dist);

// What a person waits for most often, and needs no AWS for.
for (const args of [['--help'], ['validate']]) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { ...process.env, IDC_RECORD_CODE_CACHE: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`idc ${args.join(' ')} failed: ${stderr}`);
}
