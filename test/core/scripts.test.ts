import { expect, it } from 'vitest';
import { mixedScripts } from '../../src/core/scripts.ts';

it.each([
  ['admin', 'ASCII'],
  ['josé.müller@example.com', 'Latin with accents'],
  ['администратор', 'Cyrillic alone'],
  ['админ-2', 'Cyrillic with digits and a hyphen'],
  ['日本語', 'Han alone'],
  ['ひらがなカタカナ漢字-team', 'Latin with Han and kana'],
  ['データー', 'the prolonged sound mark, of two scripts'],
  ['開発dev', 'Latin with Han'],
  ['개발팀-dev', 'Latin with Hangul'],
  ['한국漢字dev', 'Latin with Han and Hangul'],
  ['ㄅㄆ漢字dev', 'Latin with Han and Bopomofo'],
  ['ᎠᎡᎢ', 'a script that is not recommended, alone'],
  ['１２３', 'digits alone'],
])('%s mixes nothing (%s)', (name) => {
  expect(mixedScripts(name)).toEqual([]);
});

it.each([
  ['аdmin', ['Cyrillic', 'Latin']],
  ['Αdmin', ['Greek', 'Latin']],
  ['adminא', ['Hebrew', 'Latin']],
  ['ひらがな한글', ['Hangul', 'Hiragana']],
  ['admᎥn', ['Latin', 'another script']],
  ['ab-русский', ['Cyrillic', 'Latin']],
])('%s mixes %j', (name, scripts) => {
  expect(mixedScripts(name)).toEqual(scripts);
});
