import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/errors.ts';
import { renderSarif } from '../../src/render/sarif.ts';

interface Log {
  version: string;
  runs: {
    tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } };
    invocations: unknown[];
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
    }[];
  }[];
}

const meanings = { 'unknown-key': 'A key that this place does not have.' };
const read = (diagnostics: Diagnostic[], failure?: { code: string; message: string }) =>
  JSON.parse(renderSarif(diagnostics, { version: '1.2.3', meanings, ...(failure && { failure }) })) as Log;

const at = (file: string, code: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  code,
  message: `About \u202e${code}.`,
  place: { file, line: 3, column: 7 },
  severity,
});

it('has a result for each diagnostic, with its rule and its place', () => {
  const [run] = read([
    at('teams/a b.yaml', 'unknown-key'),
    at('identity.yaml', 'user-without-email', 'warning'),
    at('identity.yaml', 'unknown-key'),
  ]).runs;
  const rules = run?.tool.driver.rules.map(({ id, shortDescription }) => [id, shortDescription.text]);
  expect(rules).toEqual([
    ['unknown-key', 'A key that this place does not have.'],
    ['user-without-email', 'user without email: see docs/codes.md of idc.'],
  ]);
  expect(run?.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
    ['unknown-key', 0, 'error'],
    ['user-without-email', 1, 'warning'],
    ['unknown-key', 0, 'error'],
  ]);
  expect(run?.results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'teams/a%20b.yaml' }, region: { startLine: 3, startColumn: 7 } } },
  ]);
  expect(run?.results[0]?.message.text).toBe(String.raw`About \u202eunknown-key.`);
  expect(run?.invocations).toEqual([{ executionSuccessful: true }]);
});

it('names a file in the working directory by its path from there, and another by its whole URL', () => {
  const uriOf = (file: string) =>
    read([at(file, 'syntax')]).runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
  expect(uriOf(path.resolve('teams', 'data.yaml'))).toBe('teams/data.yaml');
  expect(uriOf('./identity.yaml')).toBe('identity.yaml');
  expect(uriOf('../identity.yaml')).toBe(pathToFileURL('../identity.yaml').href);
});

it('tells of a file that could not be read, which is not one without mistakes', () => {
  const [run] = read([], { code: 'unreadable-file', message: 'x.yaml does not exist.' }).runs;
  expect(run?.results).toEqual([]);
  expect(run?.invocations).toMatchObject([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'x.yaml does not exist.' }, descriptor: { id: 'unreadable-file' } },
      ],
    },
  ]);
});
