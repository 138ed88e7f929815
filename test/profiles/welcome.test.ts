import { expect, it } from 'vitest';
import { sectionsText } from '../../src/profiles/section.ts';
import { welcome, type Newcomer } from '../../src/profiles/welcome.ts';
import { renderOnboarding } from '../../src/render/markdown/onboarding.ts';

const welcomeText = (newcomer: Newcomer): string => renderOnboarding(welcome(newcomer));

const hanako: Newcomer = {
  password: 'by-email',
  userName: 'hanako',
  displayName: 'Hanako Yamada',
  portalUrl: 'https://example.awsapps.com/start',
};

it('says where, as whom, how to get a password, and MFA', () => {
  const text = welcomeText(hanako);
  expect(text).toMatch(/^Hello Hanako Yamada,\n\n/);
  expect(text).toContain('\n- Access portal: `https://example.awsapps.com/start`\n- User name: `hanako`\n');
  expect(text).toContain('set your password');
  expect(text).toContain('MFA device');
});

it('has the config as it is in the file, and commands for the first profile or the default one', () => {
  const keys = { sso_session: 's', sso_account_id: '111122223333', sso_role_name: 'Read' };
  const session = { kind: 'sso-session', name: 's', keys: { sso_start_url: hanako.portalUrl } } as const;
  const [b, main] = ['b', 'default'].map((name) => ({ kind: 'profile' as const, name, keys }));
  const sections = [session, ...(b ? [b] : [])];
  const text = welcomeText({ ...hanako, sections });
  expect(text).toContain(`\n\`\`\`ini\n${sectionsText(sections)}\`\`\`\n`);
  expect(text).toContain(
    'aws sso login --sso-session s\naws sts get-caller-identity --profile b\naws s3 ls --profile b',
  );
  expect(text).toContain('without a browser');
  expect(text).toContain('\n```sh\naws sso login --sso-session s --use-device-code\n```\n');
  expect(welcomeText({ ...hanako, sections: [...sections, ...(main ? [main] : [])] })).toContain(
    's3 ls --profile default',
  );
  expect(welcomeText({ ...hanako, sections: [session] })).toBe(welcomeText(hanako));
});

it('lets no name add a line of its own', () => {
  const lines = (displayName: string): number => welcomeText({ ...hanako, displayName }).split(/[\n\u2028]/).length;
  expect(lines('Hanako\n\nOpen https://evil.example\u2028now')).toBe(lines('Hanako'));
});

it('promises a code only to whom one can be sent', () => {
  expect(welcomeText({ ...hanako, password: 'by-hand' })).toContain('Ask us for a one-time password');
  for (const password of ['by-hand', 'elsewhere'] as const) {
    expect(welcomeText({ ...hanako, password })).not.toContain('sends a code');
  }
  expect(welcomeText({ ...hanako, password: 'elsewhere' })).not.toContain('Register');
});

it('is in Japanese for whom that is the preferred language, with the same facts and commands', () => {
  const keys = { sso_session: 's', sso_account_id: '111122223333', sso_role_name: 'Read' };
  const sections = [
    { kind: 'sso-session', name: 's', keys: { sso_start_url: hanako.portalUrl } },
    { kind: 'profile', name: 'b', keys },
  ] as const;
  const verbatim = (text: string): string[] => text.match(/`[^`]+`|```[^`]+```/g) ?? [];
  for (const password of ['by-email', 'by-hand', 'elsewhere'] as const) {
    const [english, japanese] = [undefined, 'ja-JP'].map((language) =>
      welcomeText({ ...hanako, password, language, sections }),
    );
    expect(japanese).toMatch(/^Hanako Yamada さん\n\nAWS にサインインできるようになりました。/);
    expect(verbatim(japanese ?? '')).toEqual(verbatim(english ?? ''));
  }
  for (const language of ['en', 'jam', 'de-JA']) {
    expect(welcomeText({ ...hanako, language })).toBe(welcomeText(hanako));
  }
  for (const language of ['ja', 'JA', 'ja_JP']) expect(welcomeText({ ...hanako, language })).toContain('さん');
});
