import {
  onboardingParts,
  placeholder,
  type OnboardingPart,
  type OnboardingValue,
} from '../core/onboarding-placeholders.ts';
import type { WelcomePart } from './welcome.ts';

/**
 * A team's own message with everything filled in. A blank line ends a paragraph; a line that begins with `- ` is an item of a
 * list.
 * @param text has known placeholders alone, and those of whole parts on lines of their own.
 * @param values are filled in once: a placeholder in a name is text.
 */
export function ownMessage(
  text: string,
  values: Readonly<Record<OnboardingValue, string>>,
  parts: Readonly<Record<OnboardingPart, readonly WelcomePart[]>>,
): readonly WelcomePart[] {
  const fill = (line: string): string => line.replaceAll(placeholder, (_, name: OnboardingValue) => values[name]);
  return paragraphsOf(text).flatMap((lines): readonly WelcomePart[] => {
    const [first = ''] = lines;
    const part = partOf(first);
    if (part) return parts[part];
    return [isItem(first) ? { items: lines.map((line) => fill(line.slice(2))) } : { lines: lines.map(fill) }];
  });
}

const partOf = (line: string): OnboardingPart | undefined => onboardingParts.find((name) => line === `{${name}}`);
const isItem = (line: string): boolean => line.startsWith('- ');

/** Lines that belong together: of a text, of a list, or a placeholder of a part alone. */
function paragraphsOf(text: string): string[][] {
  const paragraphs: string[][] = [];
  let last: string | undefined;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const goesOn = last && !partOf(last) && !partOf(line) && isItem(last) === isItem(line);
    if (line !== '' && goesOn) paragraphs.at(-1)?.push(line);
    else if (line !== '') paragraphs.push([line]);
    last = line;
  }
  return paragraphs;
}
