import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../src/', import.meta.url).pathname;

/** What each folder may import of ours; of a folder in brackets, types only. */
const allowed: Record<string, string[]> = {
  '.': ['.', 'commands', 'core'],
  commands: [
    'commands',
    'core',
    'kinds',
    'config',
    'engine',
    'access',
    'aws',
    'doctor',
    'github',
    'import',
    'render',
    'profiles',
    'emulator',
  ],
  doctor: ['doctor', 'kinds', 'engine', 'access', 'aws', 'profiles', 'core', '(config)'],
  import: ['import', 'config', 'kinds', 'engine', 'core', '(aws)'],
  config: ['config', 'kinds', 'core'],
  kinds: ['kinds', 'core', '(aws)'],
  engine: ['engine', 'core'],
  render: ['render', 'core'],
  access: ['access', 'core'],
  profiles: ['profiles', 'access', 'core'],
  aws: ['aws', 'core'],
  github: ['github', 'core'],
  emulator: ['emulator'],
  core: ['core'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const layerOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '.') : '.');

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const statements = text.matchAll(/^(import|export) (type )?[^;]*?from '(\.[^']+)';|import\('(\.[^']+)'\)/gm);
  return [...statements].map(([, , type, from, dynamic]) => ({
    target: path.join(path.dirname(file), from ?? dynamic ?? ''),
    typeOnly: type !== undefined,
  }));
}

it('imports go downward only', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap(({ target, typeOnly }) => {
      const may = allowed[layerOf(file)] ?? [];
      const layer = layerOf(target);
      return may.includes(layer) || (typeOnly && may.includes(`(${layer})`)) ? [] : [`${file} imports ${target}`];
    }),
  );
  expect(wrong).toEqual([]);
});

it('no two folders of the emulator import each other, not even types', () => {
  const folderOf = (file: string): string => path.dirname(file);
  const pairs = new Set(
    files
      .filter((file) => file.startsWith('emulator/') && folderOf(file) !== 'emulator')
      .flatMap((file) => importsOf(file).map(({ target }) => `${folderOf(file)} ${folderOf(target)}`)),
  );
  const both = [...pairs].filter((pair) => {
    const [from, to] = pair.split(' ');
    return from !== to && pairs.has(`${to} ${from}`);
  });
  expect(pairs.size).toBeGreaterThan(5);
  expect(both).toEqual([]);
});

it('every import is found, and none goes in a circle', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ target }) => target),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, trail: string[]): void => {
    if (state.get(file) === 'open') circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (state.has(file)) return;
    expect(graph.has(file), `${trail.at(-1)} imports ${file}`).toBe(true);
    state.set(file, 'open');
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

it('only main.ts and stdio.ts touch the process, and only commands write', () => {
  const offenders = files.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    return (
      (/\bprocess\./.test(text) && !['main.ts', 'stdio.ts'].includes(file)) ||
      /\bconsole\.(log|error|warn|info)/.test(text)
    );
  });
  expect(offenders).toEqual([]);
});
