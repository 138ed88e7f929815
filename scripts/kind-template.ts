/** What a kind is called where. */
export interface KindNames {
  /** `trusted-token-issuer`. */
  kind: string;
  /** `trusted token issuer`, and several. */
  one: string;
  many: string;
  /** `trustedTokenIssuer`, and the section of the file. */
  variable: string;
  section: string;
  /** The name of its scenario. */
  scenario: string;
}

/**
 * The files of a new kind, by path. Its things are tags of the instance, which can be read and written without anything else, so
 * that every part of it works from the beginning.
 */
export const kindTemplate = (names: KindNames): Record<string, string> => {
  const { kind, scenario } = names;
  return {
    [`src/kinds/${kind}/schema.ts`]: schema(names),
    [`src/kinds/${kind}/kind.ts`]: whole(names),
    [`src/kinds/${kind}/rights.ts`]: rights(names),
    [`test/kinds/${kind}/kind.test.ts`]: test(names),
    [`test/scenarios/${scenario}/before.json`]: '{}\n',
    [`test/scenarios/${scenario}/identity.yaml`]: file(names),
  };
};

const schema = ({
  kind,
  one,
  many,
  section,
}: KindNames): string => `import type { Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { namePatterns } from '../shared/name-patterns.ts';

const name = z.text(z.minLength(1), z.maxLength(64), z.regex(/^[\\w.-]+$/, 'has a character other than letters, digits and . _ -'));

/** An entry of \`${section}\`. */
const entry = z
  .strictObject({
    value: z
      .text(z.minLength(1), z.maxLength(256))
      .register(z.docs, { description: 'What the ${one} says.', examples: ['first'] }),
    previously: z.optional(name).register(z.docs, {
      description: 'The old name: it is made under the new one, and then the old one is removed.',
    }),
  })
  .register(z.docs, { title: '${capital(one)}', description: 'One of the ${many} of the instance.' });

/** The section \`${section}\`. */
export const ${section} = {
  name: '${section}',
  noun: ['${one}', '${many}'],
  schema: z
    .optional(z.record(name, entry))
    .register(z.docs, { description: 'By name. Absent: ${many} are not managed.' }),
  declares: '${kind}',
  ignore: [namePatterns('${section}', '${kind}', 'Names of ${many}', ['other-*'])],
} as const satisfies Section;
`;

const whole = ({ kind, variable, section }: KindNames): string => `import type { Aws } from '../../aws/connect.ts';
import type { Declared } from '../../core/kind.ts';
import * as z from '../../core/zod.ts';
import { defineKind } from '../define.ts';
import { rights } from './rights.ts';
import { ${section} } from './schema.ts';

const spec = z.object({ name: z.string(), value: z.string() });

type Spec = z.infer<typeof spec>;

/** Of the tags of the instance, those that are one of these. */
const prefix = '${kind}:';

export const ${variable} = defineKind({
  name: '${kind}',
  noun: ${section}.noun,
  section: ${section},
  spec,
  rename: 'replace',

  desired: (entries) =>
    Object.entries(entries).map(([name, { value, previously }]): Declared<Spec> => ({
      spec: { name, value },
      at: [['${section}', name]],
      ...(previously !== undefined && { previously }),
    })),

  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => ({ '${kind}': name }),
  fields: { name: { type: 'value' }, value: { type: 'value' } },

  rights,

  async read(aws, live) {
    if (!live.manages('${kind}')) return [];
    const tags = await aws.pages(
      (NextToken) => aws.ssoAdmin.listTagsForResource({ ...instance(aws), NextToken }),
      (page) => page.Tags,
    );
    return tags.flatMap(({ Key = '', Value = '' }) =>
      Key.startsWith(prefix) ? [{ id: Key, spec: { name: Key.slice(prefix.length), value: Value } }] : [],
    );
  },

  fromSnapshot: (things, { manages }) => (manages('${kind}') ? things : []),

  async create(aws, { name, value }) {
    await aws.ssoAdmin.tagResource({ ...instance(aws), Tags: [{ Key: \`\${prefix}\${name}\`, Value: value }] });
    return \`\${prefix}\${name}\`;
  },

  async update(aws, id, _before, { value }) {
    await aws.ssoAdmin.tagResource({ ...instance(aws), Tags: [{ Key: id, Value: value }] });
  },

  async delete(aws, id) {
    await aws.ssoAdmin.untagResource({ ...instance(aws), TagKeys: [id] });
  },

  inventory: (things) => ({
    entries: things.map((thing) => ({ piece: { [thing.name]: { value: thing.value } }, declares: thing })),
    isOptional: true,
  }),
});

const instance = ({ instance: { arn } }: Aws) => ({ InstanceArn: arn, ResourceArn: arn });
`;

const rights = ({ many, section }: KindNames): string => `import type { Aws } from '../../aws/connect.ts';
import { instanceArn } from '../../aws/iam/arns.ts';
import type { Rights } from '../../core/rights.ts';

const sid = '${capital(section)}';
const on = [instanceArn];
const list = 'sso:ListTagsForResource';

export const rights: Rights<Aws> = {
  read: [{ sid, on, actions: [list] }],
  write: [{ sid, on, actions: ['sso:TagResource', 'sso:UntagResource'] }],
  optional: { [list]: 'section' },
  // The cheapest call, by which the doctor tells whether ${many} may be read.
  probes: {
    [list]: (aws) =>
      aws.ssoAdmin.listTagsForResource({ InstanceArn: aws.instance.arn, ResourceArn: aws.instance.arn }),
  },
};
`;

const test = ({
  one,
  many,
  section,
}: KindNames): string => `import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLive, type LiveSetup } from '../../support/live.ts';

let live: LiveSetup;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.emulator.close());

const stepsOf = async (document: object): Promise<string[]> =>
  (await live.plan(document)).plan.steps.map(({ id, action }) => \`\${action} \${id.split('/')[1]}\`);

describe('${many}', () => {
  it.each([
    ['come', { one: { value: 'a' }, two: { value: 'b' } }, ['create one', 'create two']],
    ['change', { one: { value: 'z' }, two: { value: 'b' } }, ['update one']],
    ['get another name', { one: { value: 'z' }, three: { value: 'b', previously: 'two' } }, ['create three', 'delete two']],
    ['go', {}, ['delete one', 'delete three']],
  ])('%s', async (_what, ${section}, steps) => {
    expect(await stepsOf({ ${section} })).toEqual(steps);
    expect(await live.apply({ ${section} })).toEqual([]);
    // By now the one is not the old name of the other any more.
    const now = Object.fromEntries(Object.entries(${section}).map(([name, { value }]) => [name, { value }]));
    expect(await stepsOf({ ${section}: now })).toEqual([]);
  });

  it('are not asked for where the file has no section ${section}', async () => {
    expect(await live.apply({ ${section}: { one: { value: 'a' } } })).toEqual([]);
    live.emulator.calls.length = 0;
    expect(await stepsOf({})).toEqual([]);
    expect(live.emulator.calls.map(({ operation }) => operation)).not.toContain('ListTagsForResource');
  });

  it('are kept, where the file ignores the name of the ${one}', async () => {
    expect(await stepsOf({ ${section}: {}, ignore: { ${section}: ['o*'] } })).toEqual([]);
  });
});
`;

const file = ({ section }: KindNames): string => `version: 1
identityCenter: { region: us-east-1, instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" }
${section}:
  one: { value: first }
  two: { value: second }
`;

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
