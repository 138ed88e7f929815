// How the CLI is bundled. Each command is a chunk of its own, so that --help and validate never load the AWS SDK.
import { yamlParser } from './yaml-parser.mjs';

/**
 * Commander has commands that are programs of their own, and idc has none; what starts them takes a tenth of the time of
 * --help.
 * @type {import('esbuild').Plugin}
 */
const withoutPrograms = {
  name: 'without-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.replaceAll('\\', '/').includes('/node_modules/commander/') ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** @satisfies {import('esbuild').BuildOptions} */
export const buildOptions = {
  entryPoints: { cli: 'src/main.ts' },
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [withoutPrograms, yamlParser],
  logLevel: 'warning',
};
