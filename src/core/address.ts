/** What a thing can be about: a kind, or what is only referred to, such as `account`. */
export type Subject = string;

/** The parties of one thing, by name (an account by its 12-digit id). */
export type Subjects = Readonly<Record<Subject, string>>;

/** `kind/key`, for example `group/platform`: names one thing on both sides of a plan. */
export type Address = string;

/** True of the one subject whose names are those of human beings. */
export const isPerson = (subject: Subject): boolean => subject === 'user';

/** Names as they are compared: those of people without regard to case, all others exactly. */
export function subjectKey(subject: Subject, name: string): string {
  return isPerson(subject) ? name.toLowerCase() : name;
}

/** What is unique among a kind: the parts of its address. */
export type Key = readonly string[];

/** A slash inside a part is escaped, so that two things never share an address. */
export function addressOf(kind: string, key: Key): Address {
  let address = kind;
  for (const part of key) address += `/${isSpecial(part) ? escapePart(part) : part}`;
  return address;
}

/** The same backwards. */
export function partsOf(address: Address): { kind: string; key: Key } {
  const [kind = '', ...parts] = address.split('/');
  return { kind, key: address.includes('~') ? parts.map(unescapePart) : parts };
}

const isSpecial = (part: string): boolean => part.includes('/') || part.includes('~');

const escapePart = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

const unescapePart = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

export function subjectAddress(subject: Subject, name: string): Address {
  return addressOf(subject, [subjectKey(subject, name)]);
}

/** A question about subjects, for many things that are about few: it is asked once of each. */
export function askOnce<Answer>(
  question: (subject: Subject, name: string) => Answer,
): (subject: Subject, name: string) => Answer {
  const answers = new Map<Subject, Map<string, Answer>>();
  return (subject, name) => {
    let known = answers.get(subject);
    if (!known) answers.set(subject, (known = new Map()));
    const before = known.get(name);
    if (before !== undefined || known.has(name)) return before as Answer;
    const answer = question(subject, name);
    known.set(name, answer);
    return answer;
  };
}

/** Names that look alike get one form: case and Unicode's compatibility forms make no difference. */
export function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
