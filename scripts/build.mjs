// Bundles the CLI into dist/. esbuild splits ES modules only, and V8 keeps compiled code of CommonJS only, so each chunk is
// turned into CommonJS, and some typical runs leave the code that they compiled beside it for src/launch.cjs.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { buildOptions } from './build-options.mjs';

const dist = path.resolve('dist');
rmSync(dist, { recursive: true, force: true });
const { outputFiles } = await build({ ...buildOptions, write: false });
for (const { path: file, text } of outputFiles) {
  const { code } = await transform(text.replace(/^#!.*\n/, ''), {
    format: 'cjs',
    platform: 'node',
    target: buildOptions.target,
    minify: true,
    supported: { 'dynamic-import': false },
  });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, code);
}
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
const launcher = path.join(dist, 'main.js');
copyFileSync('src/launch.cjs', launcher);
chmodSync(launcher, 0o755);

// What a person waits for most often, and needs no AWS for.
for (const args of [['--help'], ['validate']]) {
  const { status, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    env: { ...process.env, IDC_RECORD_CODE_CACHE: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`idc ${args.join(' ')} failed: ${stderr}`);
}
