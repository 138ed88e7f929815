import path from 'node:path';
import { readText } from '../files/read-text.ts';
import { writePrivately } from '../files/write-privately.ts';
import type { PageData } from './data.ts';
import { pageHtml } from './html.ts';

/**
 * Writes a page, for its owner alone: it names everyone and what they can do.
 * @param file a path
 * @param packageFolder the folder of this package, which has the program of the page in it
 * @returns how many bytes it has.
 * Errors: a `ReportedError` where the file can't be written.
 */
export function writePage(file: string, packageFolder: string, data: PageData): number {
  const asset = (name: string): string => readText(path.join(packageFolder, 'dist', 'access-page', name));
  const html = pageHtml(data, { script: asset('page.js'), style: asset('style.css') });
  writePrivately(file, html);
  return Buffer.byteLength(html);
}
