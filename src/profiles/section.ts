/** A section of `~/.aws/config`, as we write it. */
export interface Section {
  kind: 'profile' | 'sso-session';
  name: string;
  /** In the order of the file; what is left out is left to the readers' own defaults. */
  keys: Readonly<Record<string, string>>;
  /** Lines of its reader's own, which stay as they are. */
  own?: readonly string[];
}

/** `[default]` or `[profile NAME]`; of all profiles only that one goes without the word. */
export const headerOf = ({ kind, name }: Pick<Section, 'kind' | 'name'>): string =>
  kind === 'profile' && name === 'default' ? '[default]' : `[${kind} ${name}]`;

export const isNamed = (one: Pick<Section, 'kind' | 'name'>, { kind, name }: Pick<Section, 'kind' | 'name'>): boolean =>
  one.kind === kind && one.name === name;

/** In the writing of `aws configure`. */
export function sectionText(section: Section): string {
  const lines = [...Object.entries(section.keys).map(([key, value]) => `${key} = ${value}`), ...(section.own ?? [])];
  return `${headerOf(section)}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** The whole text: an empty line between sections. */
export const sectionsText = (sections: readonly Section[]): string => sections.map(sectionText).join('\n');
