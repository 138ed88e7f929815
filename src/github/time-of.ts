/** In milliseconds, to compare. What no time is, is neither before nor after anything. */
export const timeOf = (text: string | null | undefined): number => Date.parse(text ?? '');
