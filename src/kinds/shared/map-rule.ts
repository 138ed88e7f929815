/** A rule about a whole map, checked even where a value inside is wrong: all mistakes are reported at once. */
export const mapRule = (error: string) => ({
  error,
  when: ({ value }: { value: unknown }) => value !== null && typeof value === 'object',
});
