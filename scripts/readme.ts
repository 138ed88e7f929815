// What the README says that is defined elsewhere, each part between two comments that name it.
import { sections } from '../src/kinds/sections.ts';
import { commandTable } from './commands-page.ts';

const parts: Readonly<Record<string, () => string>> = {
  sections: () => sections.map(({ name }) => `\`${name}\``).join(', '),
  commands: () => `\n\n${commandTable()}\n\n`,
};

/** The README with each part as it is now. Errors: one of the parts is not in it. */
export function fillReadme(readme: string): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`README.md has no ${begin}…${end}`);
    return `${text.slice(0, from)}${begin}${make()}${text.slice(to)}`;
  }, readme);
}
