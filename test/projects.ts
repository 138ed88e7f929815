// The three projects of one run of Vitest. A file is in `integration` unless it is named here.

/** Text in, text out: no emulator, no command, no other process. What one does in a second is the inner loop. */
export const unit = [
  'test/{depth,docs,layers,registry,support,words}.test.ts',
  'test/{access,accounts,config,core,formats,profiles,reconcile,render}/**/*.test.ts',
  'test/aws/client/{pages,rate}.test.ts',
  'test/aws/requests/semaphore.test.ts',
  'test/doctor/checks/home-region.test.ts',
  'test/doctor/idc-line.test.ts',
  'test/emulator/{bucket,layers,schedule,serialization,table}.test.ts',
  'test/github/{settings,workflow-commands}.test.ts',
  'test/inventory/toy-kinds.test.ts',
  'test/kinds/permission-set/{escalation,risks}.test.ts',
  'test/kinds/shared/**/{actions,document,duration,group-grants}.test.ts',
  'test/source/snapshot-format.test.ts',
];

/** What starts another program, or is told in an order: each file in a process of its own. */
export const external = [
  'test/cli/{completion,terminal}.test.ts',
  'test/config/{language-server,large-file}.test.ts',
  'test/emulator/{aws-cli,conformance,terraform}.test.ts',
  'test/inventory/terraform.test.ts',
  'test/login/*.test.ts',
  'test/{bundle,new-kind,package}.test.ts',
  'test/profiles/{aws-config-sections,emit,emit.property,merge-profiles,shell-words,write}.test.ts',
  'test/workflows/*.test.ts',
];
