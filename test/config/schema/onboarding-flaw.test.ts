import { expect, it } from 'vitest';
import { onboardingFlaw } from '../../../src/config/schema/onboarding-flaw.ts';

it.each([
  'Hello {displayName},\n\n{signInSteps}\n\n  {cliSetup}  \n',
  '{userName}: {portalUrl}, {userName}',
  'ようこそ　{displayName} さん。{ not a placeholder } and an open { brace',
  'a'.repeat(5000),
])('takes %j', (text) => {
  expect(onboardingFlaw(text)).toBeUndefined();
});

it.each([
  ['', 'is empty; without cli.onboarding the built-in message is used.'],
  [' \n\n', 'is empty; without cli.onboarding the built-in message is used.'],
  ['a'.repeat(5001), 'has 5001 characters; the limit is 5000.'],
  [
    'Hello {name}',
    'has an unknown placeholder, {name}, on line 1; known are {displayName}, {userName}, {portalUrl}, {signInSteps} and {cliSetup}.',
  ],
  ['Hello\n{cliSetUp}', 'has an unknown placeholder, {cliSetUp}, on line 2; did you mean {cliSetup}?'],
  [
    '{}',
    'has an unknown placeholder, {}, on line 1; known are {displayName}, {userName}, {portalUrl}, {signInSteps} and {cliSetup}.',
  ],
  [
    '{constructor}',
    'has an unknown placeholder, {constructor}, on line 1; known are {displayName}, {userName}, {portalUrl}, {signInSteps} and {cliSetup}.',
  ],
  [
    '- {cliSetup}',
    'has {cliSetup} beside other text on line 1; it stands for several paragraphs, so give it a line of its own.',
  ],
  ['a\n\tb', 'has a control or invisible character, U+0009, on line 2; remove it.'],
  ['a\u001b[2Jb', 'has a control or invisible character, U+001B, on line 1; remove it.'],
  ['a\u202eb', 'has a control or invisible character, U+202E, on line 1; remove it.'],
  ['a\u{e0041}b', 'has a control or invisible character, U+E0041, on line 1; remove it.'],
  ['a\rb', 'has a control or invisible character, U+000D, on line 1; remove it.'],
])('refuses %j', (text, flaw) => {
  expect(onboardingFlaw(text)).toBe(flaw);
});
