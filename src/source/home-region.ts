import type { IdentityDocument } from '../config/schema/document.ts';
import type { CommonFlags, Io } from '../cli/io.ts';

/** Identity Center's home region: a laptop's default never overrides the file. */
export function homeRegion(document: IdentityDocument, flags: CommonFlags, { env }: Io): string | undefined {
  return flags.region ?? document.identityCenter.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
}
