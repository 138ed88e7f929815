/** A section of `~/.aws/config`, as we write it. */
export interface Section {
  kind: 'profile' | 'sso-session';
  name: string;
  /** In the order of the file; what is left out is left to the readers' own defaults. */
  keys: Readonly<Record<string, string>>;
}

/** In the writing of `aws configure`. */
export function sectionText({ kind, name, keys }: Section): string {
  const header = kind === 'profile' && name === 'default' ? 'default' : `${kind} ${name}`;
  return `[${header}]\n${Object.entries(keys)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}`;
}

/** The whole text: an empty line between sections. */
export const sectionsText = (sections: readonly Section[]): string => sections.map(sectionText).join('\n');
