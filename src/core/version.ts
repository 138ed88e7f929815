import manifest from '../../package.json' with { type: 'json' };

/** Of the package: what npm calls it, and which one this is. */
export const { name: packageName, version } = manifest;
