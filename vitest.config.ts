import { defineConfig } from 'vitest/config';
import { external, unit } from './test/projects.ts';

export default defineConfig({
  // Vite warns of each file of a package whose source map leads nowhere.
  logLevel: 'error',
  test: {
    // GitHub's packages import JSON in a way that Node itself refuses.
    server: { deps: { inline: [/@actions\//] } },
    // What Vite has made of a module is read again: by the three projects, and by the next run.
    experimental: { fsModuleCache: true },
    testTimeout: 60_000,
    // Colours and a person's own AWS settings must not reach a test.
    env: { NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Most of the time goes into loading modules, which files that are not isolated load once for all of them.
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: external, isolate: false } },
      {
        extends: true,
        test: { name: 'integration', include: ['test/**/*.test.ts'], exclude: [...unit, ...external], isolate: false },
      },
      // Programs take long to start where a machine is busy.
      { extends: true, test: { name: 'external', include: external, testTimeout: 300_000, hookTimeout: 300_000 } },
    ],
  },
});
