import { subjectAddress, type Address } from '../core/address.ts';
import type { AnyKind, Constraint } from '../core/kind.ts';
import type { Step } from '../core/plan.ts';

export interface Ordered {
  /** With `dependsOn`, in an order that respects it. */
  steps: Step[];
  /** The constraints that could not be kept. */
  givenUp: Constraint[];
}

/**
 * Says which step waits for which. References and `keep` can't contradict each other: through them a creation waits for
 * creations only, and a removal for creations and removals. Another constraint that would close a circle is given up.
 */
export function orderSteps<Client>(
  kinds: readonly AnyKind<Client>[],
  steps: readonly Step[],
  constraints: readonly Constraint[],
): Ordered {
  const graph = new Map<Address, Set<Address>>(steps.map(({ id }) => [id, new Set()]));
  const addEdge = (step: Address, waitsFor: Address): void => {
    if (step !== waitsFor && graph.has(waitsFor)) graph.get(step)?.add(waitsFor);
  };
  for (const [step, waitsFor] of referenceEdges(kinds, steps)) addEdge(step, waitsFor);
  for (const { step, waitsFor, purpose } of constraints) if (purpose === 'keep') addEdge(step, waitsFor);

  const wishes = constraints.filter(({ purpose }) => purpose !== 'keep');
  const fixed = new Map([...graph].map(([id, edges]) => [id, new Set(edges)]));
  for (const { step, waitsFor } of wishes) addEdge(step, waitsFor);
  let order = sortTopologically(graph);
  const givenUp: Constraint[] = [];
  if (!order) {
    // Rare: add the wishes one by one, and leave out those that would close a circle.
    graph.clear();
    for (const [id, edges] of fixed) graph.set(id, edges);
    for (const wish of wishes) {
      if (reaches(graph, wish.waitsFor, wish.step)) givenUp.push(wish);
      else addEdge(wish.step, wish.waitsFor);
    }
    order = sortTopologically(graph);
  }
  if (!order) throw new Error('the steps wait for each other in a circle');
  const byId = new Map(steps.map((step) => [step.id, step]));
  return {
    steps: order.flatMap((id) => {
      const step = byId.get(id);
      return step ? [{ ...step, dependsOn: [...(graph.get(id) ?? [])].sort() }] : [];
    }),
    givenUp,
  };
}

/** A creation waits for what it refers to; a removal for the removal of all that refers to it. */
function* referenceEdges<Client>(
  kinds: readonly AnyKind<Client>[],
  steps: readonly Step[],
): Generator<[Address, Address]> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const actions = new Map(steps.map(({ id, action }) => [id, action]));
  for (const { id, kind, action, before, after, replacedBy } of steps) {
    if (replacedBy !== undefined) yield [id, replacedBy];
    for (const [subject, name] of Object.entries(byName.get(kind)?.subjects(after ?? before) ?? {})) {
      const referred = subjectAddress(subject, name);
      if (referred === id || actions.get(referred) !== action || action === 'update') continue;
      yield action === 'create' ? [id, referred] : [referred, id];
    }
  }
}

/** Undefined where there is a circle. Steps that are free at the same time keep their given order. */
function sortTopologically(graph: ReadonlyMap<Address, ReadonlySet<Address>>): Address[] | undefined {
  const waiting = new Map([...graph].map(([id, edges]) => [id, edges.size]));
  const dependents = new Map<Address, Address[]>();
  for (const [id, edges] of graph) {
    for (const edge of edges) {
      const list = dependents.get(edge);
      if (list) list.push(id);
      else dependents.set(edge, [id]);
    }
  }
  const order = [...graph.keys()].filter((id) => waiting.get(id) === 0);
  for (const id of order) {
    for (const dependent of dependents.get(id) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      if (left === 0) order.push(dependent);
    }
  }
  return order.length === graph.size ? order : undefined;
}

function reaches(graph: ReadonlyMap<Address, ReadonlySet<Address>>, from: Address, to: Address): boolean {
  const seen = new Set<Address>([from]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) return true;
    for (const next of graph.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}
