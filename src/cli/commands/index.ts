import type { CommandGroup } from '../command.ts';
import { access } from './access.ts';
import { apply } from './apply.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { emulator } from './emulator.ts';
import { github } from './github/index.ts';
import { history } from './history.ts';
import { iamPolicy } from './iam-policy.ts';
import { importCommand } from './import.ts';
import { init } from './init.ts';
import { plan } from './plan.ts';
import { profiles } from './profiles.ts';
import { review } from './review.ts';
import { roles } from './roles.ts';
import { show } from './show.ts';
import { snapshot } from './snapshot.ts';
import { validate } from './validate.ts';
import { version } from './version.ts';

/** Every command, in the order of help. */
export const idc: CommandGroup = {
  name: 'idc',
  summary: 'Identity Center as Code',
  description: [
    'One YAML file declares who may do what in which AWS account. `idc plan` shows who gains and who loses access, and ' +
      '`idc apply` makes exactly these changes to AWS IAM Identity Center.',
  ],
  flags: { version: { short: 'v', group: 'Common flags', description: 'Print the version.' } },
  commands: [
    validate,
    plan,
    apply,
    snapshot,
    access,
    diff,
    history,
    review,
    doctor,
    init,
    importCommand,
    show,
    profiles,
    roles,
    iamPolicy,
    github,
    emulator,
    demo,
    completion,
    version,
  ],
  examples: [
    { does: 'Without an AWS account: what would change', run: 'idc plan --local' },
    { does: 'Apply it to the embedded Identity Center', run: 'idc apply --local' },
    { does: 'Print the ~/.aws/config that goes with it', run: 'idc profiles hanako' },
    { does: 'With an AWS account: a repository of what is live', run: 'idc init' },
  ],
  exitCodes: {
    2: 'Changes are pending (plan --detailed-exitcode, profiles --check).',
    3: 'Refused, for example by a guard. Nothing was changed.',
  },
};
