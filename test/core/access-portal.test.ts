import { expect, it } from 'vitest';
import { bareStartUrl, defaultPortalUrl, isAwsPortal } from '../../src/core/access-portal.ts';

const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  identityStoreId: 'd-1234567890',
  region: 'eusc-de-east-1',
};

it('the portal follows the partition', () => {
  const of = (partition: string) => defaultPortalUrl({ ...instance, partition });
  expect(['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc', 'aws-iso'].map(of)).toEqual([
    'https://d-1234567890.awsapps.com/start',
    'https://start.us-gov-home.awsapps.com/directory/d-1234567890',
    'https://start.home.awsapps.cn/directory/d-1234567890',
    'https://ssoins-0123456789abcdef.eusc-de-east-1.portal.amazonaws.eu',
    undefined,
  ]);
  expect(
    ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'].map((partition) => isAwsPortal(of(partition) ?? '')),
  ).not.toContain(false);
});

it('a start URL loses what a browser shows behind it', () => {
  for (const end of ['', '/', '#', '/#', '/#/', '#/', '/#/?tab=accounts']) {
    expect(bareStartUrl(`https://acme.awsapps.com/start${end}`)).toBe('https://acme.awsapps.com/start');
  }
});

it.each([
  ['https://sso.example.com/start'],
  ['https://acme.awsapps.com.example.com/start'],
  ['https://acme.awsapps.com@example.com/start'],
  ['http://acme.awsapps.com/start'],
  ['https://evil-awsapps.cn/start'],
  ['https://portal.amazonaws.com.cn.example.com/start'],
  ['https://amazonaws.com/start'],
  ['https://s3.amazonaws.com/start'],
  ['start'],
])('is not one that AWS gives: %s', (url) => {
  expect(isAwsPortal(url)).toBe(false);
});
