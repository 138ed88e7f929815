import { expect, it } from 'vitest';
import { annotationCommand, withoutCommands } from '../../src/github/workflow-commands.ts';

it('an annotation escapes what would end its parts', () => {
  const place = { file: 'a,b:c%.yaml', line: 3, column: 7 };
  expect(annotationCommand({ level: 'error', title: 't:u,v', message: '50%, a:b\r\n::stop', place })).toBe(
    '::error file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=t%3Au%2Cv::50%25, a:b%0D%0A::stop\n',
  );
  expect(annotationCommand({ level: 'warning', title: 't', message: '%0A::set-output' })).toBe(
    '::warning title=t::%250A::set-output\n',
  );
});

it.each([
  ['::set-output name=x::y', String.raw`\u003a:set-output name=x::y`],
  ['a\n \t\u00a0::add-mask::y', 'a\n \t\u00a0\\u003a:add-mask::y'],
  ['a\r::x::', 'a\r\\u003a:x::'],
  ['\u0085::x::', '\u0085\\u003a:x::'],
  ['a ##[set-env name=x;]y ##[', String.raw`a #\u0023[set-env name=x;]y #\u0023[`],
])('%j is only shown', (text, shown) => {
  expect(withoutCommands(text)).toBe(shown);
});

it.each(['a ::b', 'arn:aws:iam::aws:policy/x', '# [link]', '## Title', ': x', 'std::vector\nb'])(
  '%j stays as it is',
  (text) => {
    expect(withoutCommands(text)).toBe(text);
  },
);

it('a JSON document keeps its meaning', () => {
  const value = { 'x##[a]': ['##[', String.raw`\##[`, '\n::x', '###[['] };
  const text = withoutCommands(JSON.stringify(value, null, 2));
  expect(text).not.toContain('##[');
  expect(JSON.parse(text)).toEqual(value);
});
