import type { Statement } from './statement.ts';

const key = /^aws:principaltag\/(.+)$/;
const variable = /\$\{aws:principaltag\/([^},]+)/gi;

/** The keys of aws:PrincipalTag that a statement asks for, in conditions or by variables, in small letters. */
export function principalTagsOf({ where, conditions }: Statement): string[] {
  const arns = where === 'everywhere' ? [] : 'only' in where ? where.only : where.except;
  const texts = [...arns, ...conditions.flatMap(({ values }) => values)].filter((text) => text.includes('${'));
  return [
    ...conditions.flatMap((condition) => key.exec(condition.key)?.[1] ?? []),
    ...texts.flatMap((text) => [...text.matchAll(variable)].map(([, name = '']) => name.trim().toLowerCase())),
  ];
}
