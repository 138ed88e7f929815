/** Text that is markup already. `html` makes it, of values that it escapes, so that none gets into a page as it is. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

/** A template of markup: what is put into it is escaped, unless it is markup itself. */
export function html(texts: TemplateStringsArray, ...values: Value[]): Html {
  return {
    markup: texts.map((text, index) => `${text}${index < values.length ? render(values[index]) : ''}`).join(''),
  };
}

function render(value: Value): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') {
    return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  }
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}
