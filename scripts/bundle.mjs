// How the CLI is bundled: each command is a chunk of its own, so that --help and validate never load the AWS SDK.
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @satisfies {import('esbuild').BuildOptions} */
export const bundleOptions = {
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts' },
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  // Some packages are CommonJS, and ask for Node's own modules by `require`.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  logLevel: 'warning',
};

/**
 * Bundles the CLI into a folder.
 * @param {string} folder
 * @returns the program in it, and what esbuild tells of what is in the bundle.
 */
export async function bundle(folder) {
  const { metafile } = await build({ ...bundleOptions, outdir: folder, metafile: true });
  const program = path.join(folder, 'main.js');
  chmodSync(program, 0o755);
  return { program, metafile };
}
