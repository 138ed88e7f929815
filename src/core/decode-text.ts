import { isUtf8 } from 'node:buffer';
import { ReportedError } from './errors.ts';

/**
 * The text of a file: UTF-8 and nothing else, since another encoding can't be told for certain.
 * Errors: a `ReportedError` whose message ends a sentence about the file, with the cure.
 */
export function decodeText(bytes: Buffer): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    throw new ReportedError(
      'not-utf-8',
      `is ${wide.slice(0, 6)} and not UTF-8. Save it as UTF-8, for example with iconv -f ${wide} -t UTF-8 (PowerShell 5 writes UTF-16 with ">"; pipe to Set-Content -Encoding UTF8 there)`,
    );
  }
  if (!isUtf8(bytes)) throw new ReportedError('not-utf-8', 'is not a UTF-8 text. Save it as UTF-8');
  return bytes.toString();
}

/** As `iconv` calls it. Told by the byte order mark, or by the zero byte beside a first letter of ASCII. */
function wideEncoding(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32';
  if (/^(fffe|feff)/.test(start)) return 'UTF-16';
  if (/^(?!00)..00(?!00)..00$/.test(start)) return 'UTF-16LE';
  return /^00(?!00)..00(?!00)..$/.test(start) ? 'UTF-16BE' : undefined;
}
