import { subjectAddress, type Address } from '../../core/address.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { AwsKind } from '../../kinds/define.ts';
import { kinds } from '../../kinds/index.ts';
import type { DesiredThing } from '../../reconcile/state.ts';
import type { CompiledFile } from '../../source/compile.ts';

const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));

/** What a thing is about, by kind. */
export const subjectsOf = ({ kind, spec }: Pick<DesiredThing, 'kind' | 'spec'>) =>
  byName.get(kind)?.subjects(spec) ?? {};

/** What has a key: asked for, or live. */
export type Keyed = Pick<DesiredThing, 'address' | 'kind' | 'spec'>;

/** One key for what is the same in the file and in the file before, though the file calls it otherwise now. */
export function keyAcrossRenames({ desired }: CompiledFile): (thing: Keyed) => string {
  const renames = new Map<Address, Address>();
  for (const { name: kind, subjects } of kinds.filter(({ rename }) => rename !== undefined)) {
    for (const { spec, previously } of desired.of(kind)) {
      const name = subjects(spec)[kind];
      if (previously !== undefined && name !== undefined)
        renames.set(subjectAddress(kind, previously), subjectAddress(kind, name));
    }
  }
  if (renames.size === 0) return ({ address }) => address;
  return (thing) => {
    const names = Object.entries(subjectsOf(thing)).map(([subject, name]) => subjectAddress(subject, name));
    return `${thing.kind} ${stableJson(names.map((address) => renames.get(address) ?? address).sort())}`;
  };
}
