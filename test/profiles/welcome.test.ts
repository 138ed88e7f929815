import { expect, it } from 'vitest';
import { welcomeText, type Newcomer } from '../../src/profiles/welcome.ts';

const hanako: Newcomer = {
  password: 'by-email',
  userName: 'hanako',
  displayName: 'Hanako Yamada',
  portalUrl: 'https://example.awsapps.com/start',
};

it('says where, as whom, how to get a password, and MFA', () => {
  const text = welcomeText(hanako);
  expect(text).toMatch(/^Hello Hanako Yamada,\n\n/);
  expect(text).toContain('\n  Access portal: https://example.awsapps.com/start\n  User name: hanako\n');
  expect(text).toContain('set your password');
  expect(text).toContain('MFA device');
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
