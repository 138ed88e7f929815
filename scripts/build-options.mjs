// How the CLI is bundled. Each command is a chunk of its own, so that --help and validate never load the AWS SDK.

/**
 * What a package loads or asks of Node and idc never uses: commander's commands that are programs of their own, which take a
 * tenth of the time of --help, and yaml's debugging switches, which it looks up in the environment for every token.
 * @type {Record<string, string>}
 */
const unused = { 'node:child_process': 'commander', process: 'yaml' };

/** @type {import('esbuild').Plugin} */
const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:child_process|process)$/ }, ({ path, importer }) =>
      importer.replaceAll('\\', '/').includes(`/node_modules/${unused[path]}/`)
        ? { path, namespace: 'unused' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = { env: {} };' }));
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
  plugins: [withoutUnused],
  logLevel: 'warning',
};
