import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** What axe finds on a page, by rule. The page's own policy forbids axe as it forbids all: open it with `bypassCSP`. */
export async function findFaults(page: Page): Promise<string[]> {
  const isThere = await page.evaluate('"axe" in globalThis');
  if (isThere !== true)
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  return page.evaluate(runAxe);
}

async function runAxe(): Promise<string[]> {
  const { axe } = globalThis as unknown as {
    axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  };
  const { violations } = await axe.run();
  return violations.map(({ id: rule, nodes }) => `${rule} ${nodes.length} times, as in ${nodes[0]?.html}`);
}
