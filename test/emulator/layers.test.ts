import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../src/emulator/', import.meta.url).pathname;

/** `FROM TO` for every folder that imports of another, its types included; the emulator's own folder is `.`. */
function pairsOfFolders(): Set<string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const pairs = files.flatMap((file) => {
    const folder = path.dirname(file);
    const text = readFileSync(path.join(root, file), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)';/gm)];
    return imports.map(([, target = '']) => `${folder} ${path.dirname(path.join(folder, target))}`);
  });
  return new Set(pairs);
}

it('no folder of the emulator is in a circle of imports, types included', () => {
  const graph = new Map<string, string[]>();
  for (const pair of pairsOfFolders()) {
    const [from = '', to = ''] = pair.split(' ');
    if (from !== to) graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (folder: string, trail: readonly string[]): void => {
    if (trail.includes(folder)) circles.push([...trail.slice(trail.indexOf(folder)), folder].join(' -> '));
    if (trail.includes(folder) || done.has(folder)) return;
    for (const target of graph.get(folder) ?? []) visit(target, [...trail, folder]);
    done.add(folder);
  };
  for (const folder of graph.keys()) visit(folder, []);
  expect(graph.size).toBeGreaterThan(20);
  expect(circles).toEqual([]);
});

it('a resource is imported by other resources, by what is above them, and by the registry line', () => {
  const importers = [...pairsOfFolders()]
    .map((pair) => pair.split(' '))
    .filter(([from, to]) => from !== to && to?.startsWith('resources/'))
    .map(([from = '']) => from.split('/')[0]);
  expect(new Set(importers)).toEqual(new Set(['.', 'iam', 'login', 'portal', 'resources', 'state']));
});
