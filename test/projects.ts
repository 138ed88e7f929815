// The three projects of one run of Vitest. A file is in `integration` unless it is named here.

/** Text in, text out: no emulator, no command, no other process. The inner loop. */
export const unit = [
  'test/{depth,docs,layers,registry,support,words}.test.ts',
  'test/{access,accounts,formats,policies,reconcile,render}/**/*.test.ts',
  'test/core/!(suggest).test.ts',
  'test/profiles/{compare,managed-block,portal,preferences,same-profile,welcome}.test.ts',
  'test/config/{checks,include,schema,syntax}/**/*.test.ts',
  'test/config/{damaged-file,diagnostic-codes,load,start-url,toy-format,yaml}.test.ts',
  'test/aws/client/{pages,rate}.test.ts',
  'test/aws/requests/semaphore.test.ts',
  'test/doctor/checks/home-region.test.ts',
  'test/doctor/idc-line.test.ts',
  'test/emulator/{bucket,layers,schedule,serialization,table}.test.ts',
  'test/github/{settings,workflow-commands}.test.ts',
  'test/inventory/toy-kinds.test.ts',
  'test/kinds/permission-set/{review,risks}.test.ts',
  'test/kinds/shared/**/{actions,catalogue-findings,document,duration,grammar,group-grants,refusals}.test.ts',
  'test/source/snapshot-format.test.ts',
];

/** What starts another program, builds one, or puts something in the place of a module: each file in a process of its own. */
export const external = [
  'test/bundle.test.ts',
  'test/cli/completion.test.ts',
  'test/cli/terminal.test.ts',
  'test/config/language-server.test.ts',
  'test/emulator/aws-cli.test.ts',
  'test/emulator/conformance.test.ts',
  'test/emulator/terraform.test.ts',
  'test/inventory/terraform.test.ts',
  'test/login/aws-cli.test.ts',
  'test/login/browser.test.ts',
  'test/login/whole-way.test.ts',
  'test/new-kind.test.ts',
  'test/package.test.ts',
  'test/profiles/aws-config-sections.test.ts',
  'test/profiles/emit.property.test.ts',
  'test/profiles/emit.test.ts',
  'test/profiles/merge-profiles.test.ts',
  'test/profiles/mount-point.test.ts',
  'test/profiles/shell-words.test.ts',
  'test/profiles/write.test.ts',
  'test/source/base.test.ts',
  'test/stories/base.test.ts',
  'test/workflows/lint.test.ts',
  'test/workflows/story.test.ts',
];
