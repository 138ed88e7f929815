/** What a thing can be about: the parties of an assignment or a membership. `account` is a subject, but not a kind. */
export type Subject = 'user' | 'group' | 'permission-set' | 'account';

/** The parties of one thing, by name (an account by its 12-digit id). */
export type Subjects = Partial<Record<Subject, string>>;

/** `kind/key`, for example `group/platform`: names one thing on both sides of a plan. */
export type Address = string;

/** Names as they are compared: user names without regard to case, all others exactly. */
export function subjectKey(subject: Subject, name: string): string {
  return subject === 'user' ? name.toLowerCase() : name;
}

/** Joins the parts of a key; a slash inside a part is escaped so that two things never share a key. */
export function joinKey(...parts: string[]): string {
  return parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
}

export function addressOf(kind: string, key: string): Address {
  return `${kind}/${key}`;
}

export function subjectAddress(subject: Subject, name: string): Address {
  return addressOf(subject, joinKey(subjectKey(subject, name)));
}

/** Names that look alike get one form: case and Unicode's compatibility forms make no difference. */
export function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
