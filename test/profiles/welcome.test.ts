import { expect, it } from 'vitest';
import { welcomeText } from '../../src/profiles/welcome.ts';

const hanako = { userName: 'hanako', displayName: 'Hanako Yamada', portalUrl: 'https://example.awsapps.com/start' };

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
