const pin = /\buses: ([\w./-]+)@([0-9a-f]{40} # v([\d.]+))/g;

/** The text with those pins of actions that are newer in the file that it replaces: a dependency bot has raised them. */
export function keepNewerActions(made: string, there: string): string {
  const known = new Map<string, { place: string; version: string }>();
  for (const [, action = '', place = '', version = ''] of there.matchAll(pin)) {
    if (isNewer(version, known.get(action)?.version)) known.set(action, { place, version });
  }
  return made.replaceAll(pin, (whole, action: string, place: string, version: string) => {
    const own = known.get(action);
    return own && isNewer(own.version, version) ? whole.replace(place, own.place) : whole;
  });
}

function isNewer(version: string, than: string | undefined): boolean {
  return than === undefined || version.localeCompare(than, 'en', { numeric: true }) > 0;
}
