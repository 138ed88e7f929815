/** A section of `~/.aws/config`, as we write it. */
export interface Section {
  kind: 'profile' | 'sso-session';
  name: string;
  /** In the order of the file; what is left out is left to the readers' own defaults. */
  keys: Readonly<Record<string, string>>;
}

/** `[default]` or `[profile NAME]`; of all profiles only that one goes without the word. */
export const headerOf = ({ kind, name }: Pick<Section, 'kind' | 'name'>): string =>
  kind === 'profile' && name === 'default' ? '[default]' : `[${kind} ${name}]`;

/** In the writing of `aws configure`. */
export function sectionText(section: Section): string {
  return `${headerOf(section)}\n${Object.entries(section.keys)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}`;
}

/** The whole text: an empty line between sections. */
export const sectionsText = (sections: readonly Section[]): string => sections.map(sectionText).join('\n');
