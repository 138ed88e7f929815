import { expect, test } from 'vitest';
import { createTable } from '../../src/emulator/core/table.ts';

interface Pet {
  id: string;
  home: string;
  toys?: string[];
}

const pets = () =>
  createTable<Pet, 'home' | 'toy'>((pet) => pet.id, { home: (pet) => pet.home, toy: (pet) => pet.toys });

test('indexes follow what is put, replaced and deleted', () => {
  const table = pets();
  table.put({ id: 'a', home: 'x', toys: ['ball', 'bone'] });
  table.put({ id: 'b', home: 'x', toys: ['ball'] });
  table.put({ id: 'a', home: 'y', toys: ['bone'] });
  expect([table.by('home', 'x'), table.by('home', 'y')].map((rows) => rows.map(({ id }) => id))).toEqual([
    ['b'],
    ['a'],
  ]);
  expect([table.count('toy', 'ball'), table.count('toy', 'bone'), table.size]).toEqual([1, 1, 2]);
  expect([table.delete('a'), table.delete('a'), table.count('toy', 'bone')]).toEqual([true, false, 0]);
});

test('rows keep the order in which they first came, wherever they move', () => {
  const table = pets();
  for (const id of ['a', 'b', 'c']) table.put({ id, home: id === 'a' ? 'y' : 'x' });
  table.put({ id: 'a', home: 'x' });
  const rows = table.by('home', 'x');
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(table.rows().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  const sequences = rows.map((row) => table.sequenceOf(row));
  expect(sequences).toEqual(sequences.toSorted());
});

test('a row that stays where it is filed keeps its position there', () => {
  const table = pets();
  for (const id of ['a', 'b', 'c']) table.put({ id, home: 'x', toys: id === 'c' ? ['ball'] : [] });
  table.put({ id: 'a', home: 'x', toys: ['ball'] });
  const first = (index: 'home' | 'toy', key: string) => table.find(index, key, ({ id }) => id !== 'b')?.id;
  expect([first('home', 'x'), first('toy', 'ball'), first('toy', 'bone')]).toEqual(['a', 'c', undefined]);
});

test('whoever holds a row holds it as it was', () => {
  const table = pets();
  table.put({ id: 'a', home: 'x' });
  const before = table.get('a');
  table.put({ id: 'a', home: 'y' });
  expect([before?.home, table.get('a')?.home]).toEqual(['x', 'y']);
});
