import type { DescribeInstanceAccessControlAttributeConfigurationResponse as Answer } from '@aws-sdk/client-sso-admin';
import * as z from '../../core/zod.ts';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError, ReportedError } from '../../core/errors.ts';
import type { Declared } from '../../core/kind.ts';
import { accessControlAttributes } from './schema.ts';
import { rights } from './rights.ts';
import { defineKind } from '../define.ts';
import { accessControlRisks } from './risks.ts';
import { inventoryAttributes } from './inventory.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';

const spec = z.object({
  /** The source of each attribute, by key. */
  attributes: z.record(z.string(), z.string()),
  /** Live only: why AWS could not enable them. The next apply tries again. */
  failure: z.optional(z.string()),
});

export type AccessControlSpec = z.infer<typeof spec>;

/**
 * The attributes for access control, all in one: AWS keeps them in one list, which is sent whole. One change of it is one
 * call, and a plan shows each attribute in it.
 */
export const accessControlConfiguration = defineKind({
  name: 'access-control-configuration',
  noun: ['access control configuration', 'access control configurations'],
  section: accessControlAttributes,
  spec,

  desired(entry): Declared<AccessControlSpec>[] {
    const attributes = Object.entries(entry).map(([key, source]) => [key, [source].flat()[0] ?? '']);
    if (attributes.length === 0) return [];
    return [{ spec: { attributes: Object.fromEntries(attributes) }, at: [['accessControlAttributes']] }];
  },

  key: () => ['attributes'],
  label: () => 'attributes for access control',
  subjects: () => ({}),

  fields: {
    attributes: {
      type: 'set',
      normalise: (attributes) =>
        Object.entries(attributes).map(([key, source]) => `${key.replaceAll('=', String.raw`\=`)}=${source}`),
    },
    failure: { type: 'value' },
  },

  rights,

  async read(aws, live) {
    const found = live.manages('access-control-configuration') ? await describe(aws) : undefined;
    return found ? [{ spec: specOf(found) }] : [];
  },

  fromSnapshot: (things, { manages }) => (manages('access-control-configuration') ? things : []),

  async create(aws, after) {
    try {
      await aws.ssoAdmin.createInstanceAccessControlAttributeConfiguration(requestOf(aws, after));
    } catch (error) {
      if (!isAwsError(error, 'ConflictException') || !(await describe(aws))) throw error;
      // Somebody enabled them meanwhile, or this run before its answer got lost.
      await aws.ssoAdmin.updateInstanceAccessControlAttributeConfiguration(requestOf(aws, after));
    }
    await waitForCreation(aws);
    return undefined;
  },

  async update(aws, _id, before, after) {
    if (before.failure === undefined) {
      await aws.ssoAdmin.updateInstanceAccessControlAttributeConfiguration(requestOf(aws, after));
      return;
    }
    await remove(aws);
    await aws.ssoAdmin.createInstanceAccessControlAttributeConfiguration(requestOf(aws, after));
    await waitForCreation(aws);
  },

  delete: remove,
  risks: accessControlRisks,
  inventory: inventoryAttributes,
});

async function remove(aws: Aws): Promise<void> {
  const InstanceArn = aws.instance.arn;
  await ignoreNotFound(aws.ssoAdmin.deleteInstanceAccessControlAttributeConfiguration({ InstanceArn }));
}

/** Undefined where attributes for access control are not enabled: AWS has an error for that, or nothing to tell. */
async function describe(aws: Aws): Promise<Answer | undefined> {
  try {
    const InstanceArn = aws.instance.arn;
    const answer = await aws.ssoAdmin.describeInstanceAccessControlAttributeConfiguration({ InstanceArn });
    return (answer.Status ?? answer.InstanceAccessControlAttributeConfiguration) ? answer : undefined;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** AWS answers before it is done, and asks to look (API model). */
async function waitForCreation(aws: Aws): Promise<void> {
  const seen = await aws.pollUntil(
    () => describe(aws),
    async (found) => found !== undefined && found.Status !== 'CREATION_IN_PROGRESS',
  );
  const failure = seen && specOf(seen).failure;
  if (failure !== undefined) throw new ReportedError('request-failed', failure);
}

function specOf({
  Status,
  StatusReason,
  InstanceAccessControlAttributeConfiguration: found,
}: Answer): AccessControlSpec {
  const attributes = (found?.AccessControlAttributes ?? []).map(({ Key = '', Value }) => [
    Key,
    Value?.Source?.[0] ?? '',
  ]);
  return {
    attributes: Object.fromEntries(attributes),
    ...(Status === 'CREATION_FAILED' && { failure: StatusReason ?? 'AWS gives no reason.' }),
  };
}

function requestOf(aws: Aws, { attributes }: AccessControlSpec) {
  const AccessControlAttributes = Object.entries(attributes).map(([Key, source]) => ({
    Key,
    Value: { Source: [source] },
  }));
  return {
    InstanceArn: aws.instance.arn,
    InstanceAccessControlAttributeConfiguration: { AccessControlAttributes },
  };
}
