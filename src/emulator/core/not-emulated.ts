/** For an operation that the emulator lacks, whose answer must not be taken for one of AWS. */
export function notEmulated(service: string, operation: string): string {
  return `The emulator does not implement ${operation} of ${service}. This is a limit of the emulator, not an answer of AWS.`;
}
