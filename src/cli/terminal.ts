import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';

// Output goes to the descriptors themselves. Node's streams take longer to make than `idc --help` takes for all else, and
// lose what they hold where a program ends at once.

/** Whether the descriptor is a terminal. Asks the quick question first: Node's answer loads its network code. */
export function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(descriptor);
  } catch {
    // Closed by whoever started the program.
    return false;
  }
}

const closed = new Set<number>();

/**
 * Writes the whole text, however slowly it is read. A reader that has seen enough (`idc apply | head`) is no error, and
 * must not end a run that is writing to AWS: what nobody reads is dropped.
 */
export function write(descriptor: number, text: string): void {
  if (closed.has(descriptor)) return;
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE' || code === 'EBADF') {
        closed.add(descriptor);
        return;
      }
      if (code !== 'EAGAIN') throw error;
      // A full pipe that another program made non-blocking.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
