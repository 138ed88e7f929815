import { describe, expect, it } from 'vitest';
import { findUser } from '../../src/profiles/source.ts';

const names = [
  'jonas@example.com',
  'jonasson@example.com',
  'Ann.Lee@example.com',
  'ann.may@example.com',
  'bob',
  '山田.太郎',
];
const known = new Map(names.map((name) => [name.toLowerCase(), name]));

describe('a user of an external directory', () => {
  it.each([
    ['jonas', 'jonas@example.com'],
    ['JONAS', 'jonas@example.com'],
    ['jonas@example', 'jonas@example.com'],
    ['ann.lee', 'Ann.Lee@example.com'],
    ['山田', '山田.太郎'],
    ['bob', 'bob'],
  ])('is found by the first words of the name: %s', (asked, found) => {
    expect(findUser(asked, known, true)).toBe(found);
  });

  it.each([
    ['ann', '2 users have a name that begins with "ann": Ann.Lee@example.com and ann.may@example.com.'],
    ['jona', 'There is no user "jona"'],
    ['', 'There is no user ""'],
  ])('is not guessed: %s', (asked, message) => {
    expect(() => findUser(asked, known, true)).toThrow(message);
  });
});

it('in a directory of Identity Center’s own a user has the whole name', () => {
  expect(findUser('JONAS@example.com', known, false)).toBe('jonas@example.com');
  expect(() => findUser('jonas', known, false)).toThrow('There is no user "jonas"');
});
