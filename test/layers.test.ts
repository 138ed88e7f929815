import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

interface Import {
  file: string;
  target: string;
}

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm);
  return [...statements].map(([, from, dynamic]) => ({
    file,
    target: path.join(path.dirname(file), from ?? dynamic ?? ''),
  }));
});

/** The two folders in which an import leaves the folder that both files are in; undefined where it stays in one. */
function foldersOf({ file, target }: Import): [from: string, to: string] | undefined {
  const [a, b] = [path.dirname(file).split('/'), path.dirname(target).split('/')];
  const shared = a.findIndex((part, index) => part !== b[index]);
  // A folder may use what is in it, and the files beside it.
  if (shared < 0 || shared >= b.length || a[0] === '.' || b[0] === '.') return undefined;
  return [a.slice(0, shared + 1).join('/'), b.slice(0, shared + 1).join('/')];
}

/** Folders that reach each other, by whatever way; types count as well. */
function circlesOf(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reachable = (start: string): Set<string> => {
    const seen = new Set<string>();
    const queue = [start];
    for (const node of queue) {
      for (const to of next.get(node) ?? []) if (!seen.has(to)) queue.push(to);
      for (const to of next.get(node) ?? []) seen.add(to);
    }
    return seen;
  };
  const reach = new Map([...next.keys()].map((node) => [node, reachable(node)]));
  const circles = new Set<string>();
  for (const [node, seen] of reach) {
    if (!seen.has(node)) continue;
    circles.add(
      [...seen]
        .filter((other) => reach.get(other)?.has(node))
        .sort()
        .join(' '),
    );
  }
  return [...circles].map((circle) => circle.split(' '));
}

it('finds imports, also those over several lines and dynamic ones', () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(imports.filter(({ target }) => !target.endsWith('.json') && !files.includes(target))).toEqual([]);
});

it('no folder imports another in a circle, types included', () => {
  const edges = imports.flatMap((one) => [foldersOf(one)].flatMap((edge) => (edge ? [edge] : [])));
  expect(circlesOf(edges)).toEqual([]);
});

it('no file imports another in a circle', () => {
  const value = imports.filter(({ file, target }) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const specifier = path.relative(path.dirname(file), target).replace(/^(?!\.)/, './');
    const statement = new RegExp(`^(import|export) type [^;]*?from '${specifier.replaceAll('.', '\\.')}'`, 'm');
    return !statement.test(text);
  });
  expect(circlesOf(value.map(({ file, target }) => [file, target] as const))).toEqual([]);
});

describe('what a folder may import', () => {
  const outside = (folder: string): string[] => [
    ...new Set(
      imports
        .filter(({ file, target }) => file.startsWith(`${folder}/`) && !target.startsWith(`${folder}/`))
        .map(({ target }) => target.split('/')[0] ?? '')
        // package.json
        .filter((other) => other !== '..'),
    ),
  ];

  it.each<[string, string[]]>([
    ['core', []],
    ['emulator', []],
    ['reconcile', ['core']],
    ['aws', ['core']],
    ['github', ['core', 'repository']],
    ['render', ['core']],
    ['files', ['core']],
    ['policies', ['core']],
    ['kinds', ['core', 'aws', 'policies']],
    ['config', ['core', 'kinds', 'policies']],
    ['inventory', ['core', 'aws', 'kinds', 'config', 'reconcile', 'accounts']],
  ])('%s: %j', (folder, allowed) => {
    expect(outside(folder).filter((other) => !allowed.includes(other))).toEqual([]);
  });
});

it('no use case knows the command line: only cli/ and main.ts import cli/', () => {
  const users = imports.filter(({ target }) => target.startsWith('cli/')).map(({ file }) => file);
  expect(users.filter((file) => !file.startsWith('cli/') && file !== 'main.ts')).toEqual([]);
});

it('time passes on a clock that is passed in', () => {
  const offenders = files.filter((file) => {
    if (file.startsWith('emulator/') || file === 'core/clock.ts') return false;
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    return /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bsetTimeout\(|timers\/promises/.test(text);
  });
  expect(offenders).toEqual([]);
});

it('the definitions of commands are for the command line alone', () => {
  const outsiders = imports.filter(
    ({ file, target }) => target.startsWith('cli/commands/') && path.dirname(file).split('/')[0] !== 'cli',
  );
  expect(outsiders).toEqual([]);
});

it('only main.ts and the terminal touch the process, and only commands write', () => {
  const offenders = files.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    return (
      (/\bprocess\./.test(text) && !['main.ts', 'cli/terminal.ts'].includes(file)) ||
      /\bconsole\.(log|error|warn|info)/.test(text)
    );
  });
  expect(offenders).toEqual([]);
});
