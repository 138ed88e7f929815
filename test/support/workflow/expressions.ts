import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Context = Record<string, unknown>;
type Function = (...args: string[]) => string | boolean;

/** Evaluates one expression of a workflow, without the `${{ }}` around it, as GitHub's own library does. */
export function evaluate(expression: string, context: Context, functions: Record<string, Function> = {}): unknown {
  const definitions = Object.entries(functions).map(([name, call]) => ({
    name,
    minArgs: 0,
    maxArgs: 9,
    call: (...args: data.ExpressionData[]) => toData(call(...args.map((argument) => argument.coerceString()))),
  }));
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(context), definitions).parse();
  const calls = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
  const result = new Evaluator(tree, toData(context) as data.Dictionary, calls).evaluate();
  return result.kind === data.Kind.Boolean ? result.coerceString() === 'true' : result.coerceString();
}

/** A text with `${{ }}` in it. */
export function interpolate(text: string, context: Context, functions: Record<string, Function> = {}): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_all, expression: string) =>
    String(evaluate(expression.trim(), context, functions)),
  );
}

/** Whether an `if` holds: without a status function in it, success is asked for as well. */
export function holds(condition: string | undefined, context: Context, functions: Record<string, Function>): boolean {
  const text = (condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1').trim();
  const asksStatus = /\b(success|failure|cancelled|always)\(/.test(text);
  const value = evaluate(asksStatus ? text : `success() && (${text})`, context, functions);
  return value === true || (typeof value === 'string' && value !== '');
}

function toData(value: unknown): data.ExpressionData {
  if (value === undefined || value === null) return new data.Null();
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'string') return new data.StringData(value);
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
}
