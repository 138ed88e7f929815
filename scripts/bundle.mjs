// How the CLI is bundled: each command is a chunk of its own, so that --help and validate never load the AWS SDK.
import { chmodSync, readFileSync } from 'node:fs';
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
 * The program and the style of the access page, which `idc access --format html` puts into the file that it writes.
 * @satisfies {import('esbuild').BuildOptions}
 */
export const pageOptions = {
  absWorkingDir: root,
  entryPoints: { page: 'src/access-page/browser/main.tsx', style: 'src/access-page/browser/style/index.css' },
  bundle: true,
  minify: true,
  charset: 'utf8',
  platform: 'browser',
  format: 'iife',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  // The page goes to people who don't have THIRD-PARTY-NOTICES.
  banner: { js: `/*!\n${readFileSync(path.join(root, 'node_modules/preact/LICENSE'), 'utf8').trim()}\n*/` },
  logLevel: 'warning',
};

/**
 * Bundles the CLI into a folder, and the access page into `access-page` in it.
 * @param {string} folder
 * @returns the program in it, and what esbuild tells of what is in both bundles.
 */
export async function bundle(folder) {
  const [{ metafile }, page] = await Promise.all([
    build({ ...bundleOptions, outdir: folder, metafile: true }),
    build({ ...pageOptions, outdir: path.join(folder, 'access-page'), metafile: true }),
  ]);
  const program = path.join(folder, 'main.js');
  chmodSync(program, 0o755);
  return {
    program,
    metafile: {
      inputs: { ...metafile.inputs, ...page.metafile.inputs },
      outputs: { ...metafile.outputs, ...page.metafile.outputs },
    },
  };
}
