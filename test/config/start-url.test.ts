import { expect, it } from 'vitest';
import { diagnose, load } from './support.ts';

const text = (startUrl: string): string => `version: 1\ncli: { startUrl: "${startUrl}" }\n`;

it.each([
  'https://d-1234567890.awsapps.com/start',
  'https://start.us-gov-home.awsapps.com/directory/d-1234567890',
  'http://localhost:4000/start',
  'http://127.0.0.1/start',
  'http://[::1]:4000/start',
])('a start URL: %s', (startUrl) => {
  expect(load(text(startUrl)).document.cli.startUrl).toBe(startUrl);
});

it.each([
  'http://d-1234567890.awsapps.com/start',
  'http://127.0.0.1.example.com/start',
  'http://localhost@example.com/start',
  'https://a b/start',
  'https://a.example/#start',
  'start',
])('no start URL: %s', (startUrl) => {
  expect(diagnose(text(startUrl))).toMatchObject([{ code: 'bad-value', place: { line: 2 } }]);
});
