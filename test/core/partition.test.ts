import { expect, it } from 'vitest';
import { partitionOf } from '../../src/core/partition.ts';

it.each([
  [undefined, 'aws'],
  ['eu-central-1', 'aws'],
  ['us-west-2', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-west-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
])('a region says its partition: %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
