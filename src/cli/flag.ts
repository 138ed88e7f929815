/** A flag as a command defines it. Its name is the key it has there: `maxTps` is `--max-tps`. */
export interface Flag {
  description: string;
  /** What its value is called in help, such as `file` in `--file <file>`. A flag without one is a switch. */
  takes?: string;
  /** One letter. */
  short?: string;
  /** The heading under which help lists it; the command's own by default. */
  group?: FlagGroup;
  choices?: readonly string[];
  /** What a shell completes, where the value is a path. */
  completes?: 'file' | 'folder';
  /** Checks one value. Errors: commander's `InvalidArgumentError`. */
  parse?: (text: string) => unknown;
  default?: string | number;
  /** What help says of a default that the command itself knows. */
  byDefault?: string;
  isRequired?: true;
  /** May be given several times; its values are a list. */
  repeats?: true;
  /** `--faults` as well as `--faults 7`. */
  isValueOptional?: true;
  /** The flag is `--no-NAME`, and the value is true without it. */
  isNegated?: true;
  /** The names of flags that can't be given together with it. */
  conflicts?: readonly string[];
  /** Values of other flags that are not given themselves. */
  implies?: Readonly<Record<string, unknown>>;
}

/** The headings of flags, in the order of help. */
export const flagGroups = ['Flags', 'Markdown flags', 'AWS flags', 'Common flags'] as const;
export type FlagGroup = (typeof flagGroups)[number];

/** An argument: what stands on the command line without a flag. */
export type Argument = Pick<Flag, 'description' | 'choices' | 'completes' | 'parse' | 'isRequired' | 'repeats'> & {
  takes: string;
};

export type Flags = Readonly<Record<string, Flag>>;
export type Arguments = Readonly<Record<string, Argument>>;

type Element<Taken> = Taken extends { parse: (text: string) => infer Parsed }
  ? Parsed
  : Taken extends { choices: readonly (infer Choice)[] }
    ? Choice
    : string;

type Value<Taken> = Taken extends { takes: string }
  ? Taken extends { repeats: true }
    ? Element<Taken>[]
    : Element<Taken> | (Taken extends { isValueOptional: true } ? true : never)
  : Taken extends { isNegated: true }
    ? boolean
    : true;

type Always = { isRequired: true } | { default: unknown } | { isNegated: true };

/** What a command gets of its flags. One that was not given is absent. */
export type FlagValues<Defined> = {
  [Name in keyof Defined as Defined[Name] extends Always ? Name : never]: Value<Defined[Name]>;
} & {
  [Name in keyof Defined as Defined[Name] extends Always ? never : Name]?: Value<Defined[Name]>;
};

/** What a command gets of its arguments. */
export type ArgumentValues<Defined> = {
  [Name in keyof Defined]:
    | Value<Defined[Name]>
    | (Defined[Name] extends { isRequired: true } | { repeats: true } ? never : undefined);
};

/** `--max-tps` of `maxTps`. */
export const longFlag = (name: string, { isNegated }: Flag): string =>
  `--${isNegated ? 'no-' : ''}${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `-f, --file <file>` */
export function spellFlag(name: string, flag: Flag): string {
  const { short, takes, isValueOptional } = flag;
  const value = takes === undefined ? '' : isValueOptional ? ` [${takes}]` : ` <${takes}>`;
  return `${short === undefined ? '' : `-${short}, `}${longFlag(name, flag)}${value}`;
}

/** `<file>`, `[file]` or `[user...]` */
export function spellArgument({ takes, isRequired, repeats }: Argument): string {
  const inside = `${takes}${repeats ? '...' : ''}`;
  return isRequired ? `<${inside}>` : `[${inside}]`;
}

/** The description of a flag, with what its definition says besides. */
export function explainFlag(flag: Flag): string {
  const { byDefault = flag.default, isRequired, repeats } = flag;
  return [
    explainArgument(flag),
    ...(byDefault === undefined ? [] : [`Default: ${byDefault}.`]),
    ...(isRequired ? ['Required.'] : []),
    ...(repeats ? ['May be repeated.'] : []),
  ].join(' ');
}

/** Its brackets and dots say the rest. */
export const explainArgument = ({ description, choices }: Pick<Flag, 'description' | 'choices'>): string =>
  choices ? `${description} One of: ${choices.join(', ')}.` : description;
