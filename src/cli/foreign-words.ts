// What people type who know another tool (Terraform, kubectl, Pulumi, the AWS CLI, gh), and what idc has for it.

/** Flags: the first answer that the command has. */
export const foreignFlags: ReadonlyMap<string, readonly string[]> = new Map([
  ['--auto-approve', ['--yes']],
  ['--assume-yes', ['--yes']],
  ['--no-confirm', ['--yes']],
  ['--dry-run', ['idc plan']],
  ['--filename', ['--file']],
  ['--json', ['--format json']],
  ['--markdown', ['--format markdown']],
  ['--output', ['--format', '--out']],
  ['-o', ['--format', '--out']],
  ['--debug', ['--verbose']],
  ['--trace', ['--verbose']],
  ['--no-colour', ['--no-color']],
  ['--endpoint-url', ['the variable AWS_ENDPOINT_URL']],
]);

export const foreignCommands: ReadonlyMap<string, string> = new Map([
  ['check', 'idc validate'],
  ['lint', 'idc validate'],
  ['drift', 'idc plan --detailed-exitcode'],
  ['preview', 'idc plan'],
  ['refresh', 'idc plan'],
  ['deploy', 'idc apply'],
  ['up', 'idc apply'],
  ['destroy', 'idc apply, with the entries removed from the file'],
  ['export', 'idc import'],
  ['pull', 'idc import'],
  ['get', 'idc access'],
  ['list', 'idc access'],
  ['configure', 'idc profiles --write'],
  ['login', 'aws sso login'],
]);
