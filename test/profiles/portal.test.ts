import { expect, it } from 'vitest';
import { defaultPortalUrl } from '../../src/profiles/portal.ts';

it('the portal follows the partition', () => {
  expect(
    ['aws', 'aws-us-gov', 'aws-cn', 'aws-unheard-of'].map((partition) => defaultPortalUrl('d-1234567890', partition)),
  ).toEqual([
    'https://d-1234567890.awsapps.com/start',
    'https://start.us-gov-home.awsapps.com/directory/d-1234567890',
    'https://start.home.awsapps.cn/directory/d-1234567890',
    undefined,
  ]);
});
