// How IAM compares: `*` is any text and `?` any one character.

function globOf(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('\\*', '.*')
    .replaceAll('\\?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

/** Actions are compared whatever their case. */
export function actionMatcher(pattern: string): (action: string) => boolean {
  const glob = globOf(pattern, 'i');
  return (action) => glob.test(action);
}

/** ARNs are compared part by part, so that a wildcard stays within its part; missing parts are any. */
export function resourceMatcher(pattern: string): (arn: string) => boolean {
  if (pattern === '*') return () => true;
  const globs = partsOf(pattern).map((part) => globOf(part));
  return (arn) => {
    const parts = partsOf(arn);
    return parts.every((part, index) => globs[index]?.test(part) ?? true);
  };
}

/** `arn`, partition, service, Region, account, and the rest with whatever colons it has. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
