// Values as the language of Terraform and OpenTofu writes them.

/** Stands for an expression of Terraform among JSON. A class of its own: a key of JSON may be any name. */
class Reference {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export const reference = (text: string): object => new Reference(text);

/** A value as an expression of Terraform, whose objects and lists are written nearly as in JSON. */
export function expression(value: unknown, indent = '  '): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    return `[\n${value.map((one) => `${inner}${expression(one, inner)},\n`).join('')}${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Reference) return value.text;
  const members = Object.entries(value).map(([key, one]) => `${inner}${quoted(key)} : ${expression(one, inner)},\n`);
  return `{\n${members.join('')}${indent}}`;
}

/** A text in which Terraform fills nothing in. */
export const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
