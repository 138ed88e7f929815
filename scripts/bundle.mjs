// Bundles the CLI into a folder. esbuild splits ES modules only, and V8 keeps compiled code of CommonJS only, so each chunk
// is turned into CommonJS, as the function that Node would make of it.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { buildOptions } from './build-options.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} folder
 * @returns {Promise<string>} the program in it.
 */
export async function bundle(folder) {
  const { outputFiles } = await build({ ...buildOptions, absWorkingDir: root, outdir: folder, write: false });
  for (const { path: file, text } of outputFiles) {
    const { code } = await transform(text.replace(/^#!.*\n/, ''), {
      format: 'cjs',
      platform: 'node',
      target: buildOptions.target,
      minify: true,
      supported: { 'dynamic-import': false },
    });
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, Module.wrap(code));
  }
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  const program = path.join(folder, 'main.js');
  copyFileSync(path.join(root, 'src/launch.cjs'), program);
  chmodSync(program, 0o755);
  return program;
}
