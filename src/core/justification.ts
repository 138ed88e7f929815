/** Why an entry of the file grants what it grants, and when an owner last said that it is still needed. */
export interface Justification {
  reason?: string | undefined;
  /** Where it was asked for: a number, or an address. */
  ticket?: string | undefined;
  /** `2026-11-30` */
  reviewed?: string | undefined;
}

/** `On-call for the shop (OPS-12)`; undefined where the entry says neither. As written, not sanitized. */
export const reasonText = ({ reason, ticket }: Justification): string | undefined =>
  reason !== undefined && ticket !== undefined ? `${reason} (${ticket})` : (reason ?? ticket);

/**
 * What the entries of a grant say, each once: `On-call for the shop (OPS-12), reviewed 2026-11-30`; empty where they say
 * nothing. As written, not sanitized.
 */
export function justificationText(entries: readonly Justification[]): string {
  const texts = entries.map((entry) =>
    [reasonText(entry), entry.reviewed === undefined ? undefined : `reviewed ${entry.reviewed}`]
      .filter((text) => text !== undefined)
      .join(', '),
  );
  return [...new Set(texts)].filter((text) => text !== '').join('; ');
}
