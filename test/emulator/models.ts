import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Shape, StringShape, StructureShape } from '../../src/emulator/core/shape.ts';

interface ModelShape {
  type: string;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  document?: boolean;
  union?: boolean;
}

export interface Model {
  operations: Record<string, { input?: { shape: string }; output?: { shape: string }; errors?: { shape: string }[] }>;
  shapes: Record<string, ModelShape>;
}

/** One of those in `models`, which says where they are from. */
export function readModel(name: 'sso-admin' | 'identitystore'): Model {
  return JSON.parse(readFileSync(new URL(`models/${name}.json`, import.meta.url), 'utf8')) as Model;
}

/** Undefined where Python or botocore is missing. */
export function installedModel(name: string): Model | undefined {
  const program = [
    'import botocore, gzip, os',
    `file = os.path.join(botocore.__path__[0], "data", ${JSON.stringify(name)}, "service-2.json.gz")`,
    'print(gzip.open(file).read().decode())',
  ].join('\n');
  const { status, stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? (JSON.parse(stdout) as Model) : undefined;
}

export function structureOf(members: Record<string, Shape>, required: string[]): StructureShape {
  const entries = Object.entries(members);
  return {
    type: 'structure',
    required: Object.fromEntries(entries.filter(([name]) => required.includes(name))),
    optional: Object.fromEntries(entries.filter(([name]) => !required.includes(name))),
  };
}

/** A shape of the model in the emulator's form. */
export function shapeOf(model: Model, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}`);
  const { min, max } = shape;
  const at = (reference: { shape: string } | undefined): Shape => shapeOf(model, reference?.shape ?? '');
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if (shape.document) return { type: 'document' };
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).map(([member, target]) => [member, at(target)] as const);
      const structure = structureOf(Object.fromEntries(members), shape.required ?? []);
      return shape.union ? { ...structure, union: true } : structure;
    }
    case 'list':
      return { type: 'list', member: at(shape.member), ...limits };
    case 'map':
      return { type: 'map', key: at(shape.key) as StringShape, value: at(shape.value), ...limits };
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return { type: 'document' };
    case 'integer':
      return { type: 'integer', ...limits };
    default:
      return {
        type: 'string',
        ...limits,
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
        ...(shape.enum && { values: shape.enum }),
      };
  }
}
