/** What package managers read where they are started, in lower case. */
const ofPackageManagers = new Set([
  'bun.lock',
  'bun.lockb',
  'bunfig.toml',
  'node_modules',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.json',
  'package.json5',
  'package.yaml',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'yarn.lock',
]);

/**
 * Whether another tool that is started where the path is written may take it for its settings, its packages or its hooks. npm
 * runs what the `node-options` of an `.npmrc` name, before the program that it was asked for.
 * @param path in normal form, with forward slashes. Letter case does not count, nor do dots and spaces at an end: some file
 * systems drop them.
 */
export const belongsToTool = (path: string): boolean =>
  path.split('/').some((segment) => {
    const name = segment.toLowerCase().replace(/[. ]+$/, '');
    return segment.startsWith('.') || ofPackageManagers.has(name);
  });
