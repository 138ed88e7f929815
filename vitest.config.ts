import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite warns of each file of a package whose source map leads nowhere.
  logLevel: 'error',
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    // GitHub's packages import JSON in a way that Node itself refuses.
    server: { deps: { inline: [/@actions\//] } },
    // Runs of the CLI have the rights that `idc iam-policy` prints, and no other.
    setupFiles: ['test/support/enforce.ts'],
    testTimeout: 60_000,
    // Colours and a person's own AWS settings must not reach a test.
    env: { NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
