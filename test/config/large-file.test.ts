import { describe, expect, it } from 'vitest';
import { codesOf, diagnose, load, personNamed } from './support.ts';

const count = 5000;
const names = Array.from({ length: count }, (_, index) => `user${index}`);
const users = `version: 1\nusers:\n${names.map((name) => `  ${name}: ${personNamed(name)}\n`).join('')}`;
const anyPerson = /\{.*\}/g;
const members = (list: readonly string[]): string =>
  `groups:\n  all:\n    members:\n${list.map((name) => `      - ${name}\n`).join('')}`;

describe('five thousand users', () => {
  it('are loaded, and each has its place', () => {
    const { document, places } = load(users + members(names));
    expect(Object.keys(document.users ?? {})).toHaveLength(count);
    expect(new Set(names.map((_, index) => places.of(['groups', 'all', 'members', index])?.line)).size).toBe(count);
    expect(new Set(names.map((name) => places.of(['users', name])?.line)).size).toBe(count);
  });

  it.each([
    ['unknown members', users + members(names.map((name) => `x-${name}-x`)), 'unknown-user'],
    ['misspelt keys', users.replaceAll('email', 'emial'), 'unknown-key'],
    ['missing keys', users.replaceAll(anyPerson, '{}'), 'missing-key'],
    ['keys that stand twice', users + users.slice(users.indexOf('  user0')), 'duplicate-key'],
    [
      'names that are similar',
      users +
        users.slice(users.indexOf('  user0')).replaceAll('  user', '  USER').replaceAll('@example.com', '@example.org'),
      'similar-names',
    ],
    ['aliases that lead nowhere', users.replaceAll(anyPerson, '*nobody'), 'unknown-alias'],
  ])('may have as many mistakes: %s', (_, text, code) => {
    const codes = codesOf(diagnose(text));
    expect(codes).toHaveLength(count);
    expect(new Set(codes)).toEqual(new Set([code]));
  });

  it('may stand on one line', () => {
    const line = `version: 1\nusers: { ${names.map((name) => `${name}: { givenName: a, familyName: b, email: ${name}@b, x: 1 }`).join(', ')} }\n`;
    const diagnostics = diagnose(line);
    expect(diagnostics).toHaveLength(count);
    expect(Math.max(...diagnostics.map(({ frame }) => frame?.length ?? 0))).toBeLessThan(500);
  });
});
