import type { Io } from './io.ts';

/** What a person sees of a long read: on a terminal one line that counts the calls, elsewhere nothing. */
export interface ReadingStatus {
  called(): void;
  /** Takes the line away, for good. */
  done(): void;
}

export function createReadingStatus({ err, errIsTerminal }: Io): ReadingStatus {
  let calls = 0;
  let isDone = !errIsTerminal;
  return {
    called() {
      calls += 1;
      if (!isDone) err(`\r\u001B[2KReading Identity Center: ${calls} ${calls === 1 ? 'call' : 'calls'}`);
    },
    done() {
      if (!isDone) err('\r\u001B[2K');
      isDone = true;
    },
  };
}
