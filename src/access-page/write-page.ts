import path from 'node:path';
import type { AccessSide } from '../access/side.ts';
import type { AccessAnswer } from '../core/access-answer.ts';
import { readText } from '../files/read-text.ts';
import { writePrivately } from '../files/write-privately.ts';
import type { Policies } from '../policies/load.ts';
import { pageHtml } from './html.ts';
import { pageData } from './page-data.ts';
import { pageSources } from './sources.ts';

/**
 * Writes the access page, for its owner alone: it names everyone and what they can do.
 * @param file a path
 * @param packageFolder the folder of this package, which has the program of the page in it
 * @returns how many bytes it has.
 * Errors: a `ReportedError` where the file can't be written.
 */
export function writePage(
  file: string,
  packageFolder: string,
  { answer, side, policies }: { answer: AccessAnswer; side: AccessSide; policies: Policies },
): number {
  const asset = (name: string): string => readText(path.join(packageFolder, 'dist', 'access-page', name));
  const data = pageData(answer, pageSources(side, answer.question, policies));
  const html = pageHtml(data, { script: asset('page.js'), style: asset('style.css') });
  writePrivately(file, html);
  return Buffer.byteLength(html);
}
