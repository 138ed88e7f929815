/** In single quotes, as bash and zsh read it. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
