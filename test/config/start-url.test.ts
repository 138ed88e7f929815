import { expect, it } from 'vitest';
import { diagnose, load } from './support.ts';

const text = (startUrl: string): string => `version: 1\ncli: { startUrl: "${startUrl}" }\n`;

it.each([
  'https://d-1234567890.awsapps.com/start',
  'https://start.us-gov-home.awsapps.com/directory/d-1234567890',
  'http://localhost:4000/start',
  'http://127.0.0.1/start',
  'http://[::1]:4000/start',
  'https://d-1234567890.awsapps.cn/start',
  'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890',
  'https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890',
  'https://ssoins-0123456789abcdef.portal.us-east-1.app.aws',
  'https://ssoins-0123456789abcdef.us-east-1.portal.amazonaws.com',
  'https://ssoins-0123456789abcdef.cn-north-1.portal.amazonaws.com.cn',
  'https://ssoins-0123456789abcdef.portal.cn-north-1.app.amazonwebservices.com.cn',
  'https://ssoins-0123456789abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu',
  'https://ssoins-0123456789abcdef.eusc-de-east-1.portal.amazonaws.eu',
  'https://ssoins-0123456789abcdef.portal.us-gov-west-1.app.aws/start',
  'https://ssoins-0123456789abcdef.us-gov-west-1.portal.amazonaws.com/start',
  'https://identitycenter.amazonaws.com/ssoins-0123456789abcdef',
  'https://identitycenter.us-gov.amazonaws.com/ssoins-0123456789abcdef',
  'https://identitycenter.amazonaws.com.cn/ssoins-0123456789abcdef',
  'https://identitycenter.amazonaws.eu/ssoins-0123456789abcdef',
])('a start URL: %s', (startUrl) => {
  const { document, warnings } = load(text(startUrl));
  expect([document.cli.startUrl, warnings.length]).toEqual([startUrl, startUrl.startsWith('https') ? 0 : 1]);
});

it.each(['/', '#', '#/', '/#/', '/#/?tab=accounts'])('a start URL as a browser shows it, with %s', (end) => {
  for (const url of ['https://acme.awsapps.com/start', 'https://start.home.awsapps.cn/directory/d-1234567890']) {
    expect(load(text(`${url}${end}`)).document.cli.startUrl).toBe(url);
  }
});

it('a start URL on a host that is not of AWS is a warning', () => {
  expect(load(text('https://sso.example.com/start')).warnings).toMatchObject([
    { code: 'foreign-start-url', place: { line: 2 } },
  ]);
});

it.each([
  ['HTTPS://acme.awsapps.com/start', 'must begin with https://, in lower case'],
  [String.raw`https://acme.awsapps.com/start\e[31m`, 'has a character that a start URL cannot have'],
  ['https://acme.awsapps.com', 'lacks the end that start URLs of AWS have, /start'],
])('says what is wrong with a start URL: %s', (startUrl, problem) => {
  expect(diagnose(text(startUrl))).toMatchObject([{ message: expect.stringContaining(problem) }]);
});

it('a start URL without TLS is a warning that says who refuses it', () => {
  expect(load(text('http://127.0.0.1:4566/start')).warnings).toMatchObject([
    {
      code: 'foreign-start-url',
      message:
        '"http://127.0.0.1:4566/start" is not an https URL, which the AWS CLI refuses since version 2.35.13. The local emulator takes the URLs that AWS gives as well: leave startUrl out.',
    },
  ]);
});

it.each([
  'http://d-1234567890.awsapps.com/start',
  'http://127.0.0.1.example.com/start',
  'http://localhost@example.com/start',
  'https://a b/start',
  'https://acme.awsapps.com',
  'https://acme.awsapps.com/',
  'https://acme.awsapps.com/#/',
  'HTTPS://acme.awsapps.com/start',
  String.raw`https://acme.awsapps.com/start\u202e`,
  String.raw`https://acme.awsapps.com/start\e[31m`,
  String.raw`https://acme.awsapps.com/start#\u202e`,
  'https://äcme.awsapps.com/start',
  'start',
])('no start URL: %s', (startUrl) => {
  expect(diagnose(text(startUrl))).toMatchObject([{ code: 'bad-value', place: { line: 2 } }]);
});
