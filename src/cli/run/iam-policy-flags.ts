import { ReportedError } from '../../core/errors.ts';

export interface IamPolicyFlags {
  file?: string;
  partition?: string;
  managementAccount?: string;
  identityStore?: string;
  delegatedAdministrator?: boolean;
  optional?: boolean;
  check?: string;
  kmsKey?: string;
  trust?: boolean;
  repository?: string;
  environment?: string[];
  account?: string;
  format: 'json' | 'cloudformation' | 'terraform';
  issuer?: string;
  providerArn?: string;
}

// Wildcards and policy variables match none of these forms: what is printed means one repository and one account.
const accountId = { form: /^\d{12}$/, wanted: 'an account id: 12 digits' };
const forms: Record<string, { form: RegExp; wanted: string }> = {
  managementAccount: accountId,
  account: accountId,
  partition: { form: /^aws(-[a-z]{1,5}){0,3}$/, wanted: 'a partition, like aws, aws-cn or aws-us-gov' },
  identityStore: {
    form: /^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    wanted: 'the id of an identity store, like d-0123456789',
  },
  kmsKey: {
    form: /^arn:aws(-[a-z]{1,5}){0,3}:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    wanted: 'the ARN of a KMS key, like arn:aws:kms:us-east-1:111122223333:key/0123abcd-…',
  },
  repository: {
    form: /^(?=[^@]*$|[^@]*@\d+\/[^@]*@\d+$)[A-Za-z0-9][\w-]{0,38}(@\d+)?\/(?!\.{1,2}(@|$))[\w.-]{1,100}(@\d+)?$/,
    wanted: 'a repository on GitHub, like ORG/REPO, or ORG@123/REPO@456 where its tokens have ids',
  },
  issuer: {
    form: /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[A-Za-z0-9-]+)?$/,
    wanted: 'the host of an issuer, like token.actions.githubusercontent.com or token.actions.ORG.ghe.com',
  },
  providerArn: {
    form: /^arn:aws(-[a-z]{1,5}){0,3}:iam::\d{12}:oidc-provider\/[\w./-]+$/,
    wanted:
      'the ARN of an OIDC provider, like arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
  },
  environment: {
    // How GitHub writes other characters into a token is not documented for all of them.
    form: /^[\w.-]{1,255}$/,
    wanted: 'the name of an environment: letters, digits and _ . -',
  },
};

/** What each kind of answer can say; the others are refused. */
const only = {
  policy: {
    flags: ['identityStore', 'kmsKey', 'delegatedAdministrator', 'optional', 'check'],
    is: 'an identity policy',
  },
  trust: { flags: ['repository', 'environment', 'account', 'issuer'], is: 'the trust policy' },
  template: {
    flags: ['identityStore', 'kmsKey', 'delegatedAdministrator', 'optional', 'repository', 'issuer', 'providerArn'],
    is: 'a template',
  },
} as const satisfies Record<string, { flags: readonly (keyof IamPolicyFlags)[]; is: string }>;

/** What is asked for. Errors: a `ReportedError` for a flag that is not of its form, is missing, or would mean nothing here. */
export function answerTo(flags: IamPolicyFlags, purpose: string | undefined): keyof typeof only {
  for (const [name, { form, wanted }] of Object.entries(forms)) {
    const given = flags[name as keyof IamPolicyFlags];
    for (const text of [given].flat()) {
      if (typeof text === 'string' && !form.test(text)) {
        throw new ReportedError('bad-flag', `${optionOf(name)} ${text} is not ${wanted}.`);
      }
    }
  }
  const answer = flags.format !== 'json' ? 'template' : flags.trust ? 'trust' : 'policy';
  const allowed: readonly string[] = only[answer].flags;
  for (const { flags: names, is } of Object.values(only)) {
    const idle = names.find((name) => flags[name] !== undefined && !allowed.includes(name));
    if (idle !== undefined) {
      const isOfTrust = answer === 'policy' && only.trust.flags.some((name) => name === idle);
      const message = `${optionOf(idle)} is for ${is}, and this prints ${only[answer].is}.`;
      throw new ReportedError('bad-flag', message, isOfTrust ? 'Add --trust.' : undefined);
    }
  }
  if (answer === 'template') {
    if (purpose === undefined && !flags.trust) return answer;
    const what = flags.trust ? '--trust' : `"${purpose}"`;
    throw new ReportedError('bad-flag', `A template makes both roles, and whom they trust. Leave out ${what}.`);
  }
  if (purpose === undefined) {
    throw new ReportedError('missing-flag', 'One policy is for one role.', 'Add plan or apply.');
  }
  if (answer === 'trust') mustBeComplete(flags);
  return answer;
}

function mustBeComplete(flags: IamPolicyFlags): void {
  if (flags.repository === undefined) {
    throw new ReportedError('missing-flag', 'The trust policy is for one repository.', 'Add --repository ORG/REPO.');
  }
  if (flags.account === undefined && flags.managementAccount === undefined) {
    throw new ReportedError(
      'missing-flag',
      'The trust policy names the account that the role lives in.',
      'Add --account 111122223333, or --management-account where it is that one.',
    );
  }
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
