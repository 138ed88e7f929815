/** `permission-set` as people say it. */
export function kindWords(kind: string): string {
  return kind.replaceAll('-', ' ');
}

/** `1 permission set`, `3 permission sets`. */
export function countOf(count: number, kind: string): string {
  return `${count} ${kindWords(kind)}${count === 1 ? '' : 's'}`;
}
