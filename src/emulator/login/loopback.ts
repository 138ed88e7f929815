/** A host name, with or without a port, that never leaves the machine. Other names may point here too: DNS rebinding. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}
