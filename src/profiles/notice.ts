/** What there is to say about somebody's profiles. */
export interface Notice {
  /** Stable, kebab-case; explained in docs/codes.md. */
  code: string;
  message: string;
}
