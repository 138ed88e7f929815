import type { BehaviourOptions } from './behaviour.ts';
import type { ChangeOf, ChangeRecord, Changes } from './changes.ts';
import type { Context, Engine } from './context.ts';
import { accessDenied, type ServiceError } from './errors.ts';
import { asyncRequests, type Effects } from './requests.ts';
import type { Service, ServiceName } from './service.ts';
import type { Input, StructureShape } from './shape.ts';
import type { Table } from './table.ts';
import { describeViolations, readInput } from './validate.ts';
import type { TableDefinitions, Tag, World } from './world.ts';

/** The input of any operation, checked against its shape. */
export type RequestInput = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly shape: StructureShape;
  /** The ARNs that IAM judges a request by, as the service authorization reference lists them. */
  readonly iamResources: (input: RequestInput, context: Context) => readonly string[];
  readonly handle: (context: Context, input: RequestInput) => object;
}

/** What an operation takes, what IAM judges it by, and what it does. */
export function operation<Shape extends StructureShape>(
  shape: Shape,
  iamResources: (input: Input<Shape>, context: Context) => readonly string[],
  handle: (context: Context, input: Input<Shape>) => object,
): Operation {
  return {
    shape,
    // Nothing comes here but what `readInput` let through by this shape.
    iamResources: (input, context) => iamResources(input as Input<Shape>, context),
    handle: (context, input) => handle(context, input as Input<Shape>),
  };
}

/** Something that has tags. */
export interface Tagged {
  readonly tags: readonly Tag[];
  store(tags: readonly Tag[]): void;
}

/** The tags of a row, where there is one of this key. */
export function taggedRow<Row extends { readonly Tags: readonly Tag[] }>(
  table: Pick<Table<Row>, 'get' | 'put'>,
  key: string,
  onStored: () => void,
): Tagged | undefined {
  const row = table.get(key);
  return (
    row && {
      tags: row.Tags,
      store(Tags) {
        table.put({ ...row, Tags });
        onStored();
      },
    }
  );
}

export type Reactions = { readonly [Type in keyof Changes]?: (engine: Engine, change: ChangeOf<Type>) => void };

/** All that the emulator has to know of a kind of resource. */
export interface Resource {
  /** Whose operations these are. */
  readonly service: Service;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Where its rows are. */
  readonly tables?: Partial<TableDefinitions>;
  /** Its quotas, and the answers to what is open about it. */
  readonly defaults?: BehaviourOptions;
  /** The one with this id or ARN, where it can have tags. */
  readonly tagged?: (engine: Engine, id: string) => Tagged | undefined;
  /** What the asynchronous requests that its operations start do. */
  readonly effects?: Partial<Effects>;
  /** What becomes of it when something else changes. */
  readonly reactions?: Reactions;
  /** A name for the one with this id or ARN that doesn't depend on what else was made before. */
  readonly nameOf?: (world: World, id: string, nameOf: (id: string) => string) => string | undefined;
  /** What a write answers that names one which this world doesn't have; a host that is behind doesn't have the newest. */
  readonly refuseUnknown?: (world: World, input: RequestInput) => ServiceError | undefined;
}

/** Declares a kind of resource. What it adds to `Tables`, `Behaviour`, `Quotas`, `Changes` and `Requests` stands with it. */
export function defineResource<const Definition extends Resource>(definition: Definition): Definition {
  return definition;
}

/** Answers a request from raw JSON. */
export type Answer = (context: Context, raw: unknown) => object;

/** All kinds of resources, by what is asked of them. */
export interface Registry {
  readonly resources: readonly Resource[];
  readonly services: readonly Service[];
  readonly tables: TableDefinitions;
  readonly defaults: readonly BehaviourOptions[];
  readonly effects: Effects;
  /** Undefined where the service (or the emulator) has no such operation. */
  operation(service: Service, name: string): Answer | undefined;
  operations(service: Service): Readonly<Record<string, Operation>>;
  /** The resource of the service with this id or ARN, where it can have tags. */
  tagged(service: ServiceName, engine: Engine, id: string): Tagged | undefined;
  react(engine: Engine, change: ChangeRecord): void;
}

export function createRegistry(resources: readonly Resource[]): Registry {
  const services = [...new Set(resources.map(({ service }) => service))];
  const operations = new Map(
    services.map((service) => {
      const ofService = resources.filter((resource) => resource.service === service);
      return [service, merge([service.operations, ...ofService.map((resource) => resource.operations)])];
    }),
  );
  return {
    resources,
    services,
    // That nothing is missing of what the resources add to the interfaces is checked where they are listed.
    tables: merge([...resources.map(({ tables = {} }) => tables), asyncRequests]) as TableDefinitions,
    defaults: [...services, ...resources].map(({ defaults = {} }) => defaults),
    effects: merge(resources.map(({ effects = {} }) => effects)) as Effects,
    operations: (service) => operations.get(service) ?? {},
    operation(service, name) {
      const ofService = operations.get(service) ?? {};
      const found = Object.hasOwn(ofService, name) ? ofService[name] : undefined;
      return found && ((context, raw) => answer(service, found, context, raw));
    },
    tagged(name, engine, id) {
      for (const { service, tagged } of resources) {
        const found = service.name === name ? tagged?.(engine, id) : undefined;
        if (found) return found;
      }
      return undefined;
    },
    react(engine, change) {
      for (const { reactions = {} } of resources) {
        // Each reaction stands under the type of the change that it takes; looked up by it, the compiler can't tell.
        const reaction = reactions[change.type] as ((engine: Engine, change: ChangeRecord) => void) | undefined;
        reaction?.(engine, change);
      }
    },
  };
}

function answer(service: Service, { shape, iamResources, handle }: Operation, context: Context, raw: unknown): object {
  const { input, violations } = readInput(shape, raw);
  const [first] = violations;
  if (first) throw service.invalid(describeViolations(violations), first.reason);
  const checked = input as RequestInput;
  const resources = [...new Set(iamResources(checked, context))];
  const action = `${service.iamPrefix}:${context.operation}`;
  const refused = context.refusedResource(action, resources.length > 0 ? resources : ['*']);
  if (refused !== undefined) throw accessDenied(context.caller.arn, action, refused);
  service.authorize(context, checked, resources);
  return handle(context, checked);
}

/** One object of all; that two have a member of one name is a mistake of the resources. */
function merge<Value>(parts: readonly Readonly<Record<string, Value>>[]): Record<string, Value> {
  const merged: Record<string, Value> = {};
  for (const [name, value] of parts.flatMap((part) => Object.entries(part))) {
    if (Object.hasOwn(merged, name)) throw new Error(`Two resources declare ${name}`);
    merged[name] = value;
  }
  return merged;
}
