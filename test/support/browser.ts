import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const { IDC_TEST_CHROMIUM: asked, PATH = '' } = process.env;
const onPath = PATH.split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
const executablePath = asked ?? onPath.find((program) => existsSync(program));

/** Why there is no browser to test with; undefined where there is one. */
export const noBrowser =
  executablePath === undefined
    ? `none of ${names.join(', ')} is on the PATH, and IDC_TEST_CHROMIUM names none`
    : undefined;

let running: Promise<Browser> | undefined;

/** A page in a browser of this machine, which asks nobody else for anything. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  running ??= chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await (await running).newContext(options);
  onTestFinished(() => context.close());
  return context.newPage();
}

export async function closeBrowser(): Promise<void> {
  await (await running)?.close();
  running = undefined;
}

/** Says who one is and approves, without a mouse; ends on the page that comes after. */
export async function signInByKeyboard(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  await chooseByKeyboard(page, name);
  await tabTo(page, 'Approve');
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
}

/** Picks a user of the list and goes on. */
export async function chooseByKeyboard(page: Page, name: string): Promise<void> {
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('Space');
  for (let tries = 0; !(await focusedText(page)).includes(name); tries++) {
    if (tries > 50) throw new Error(`${name} is not in the list`);
    await page.keyboard.press('ArrowDown');
  }
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
}

/** Presses Tab until something that reads like this, or an element that this selects, has the focus. */
export async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await page.keyboard.press('Tab');
    if ((await focusedText(page)) === wanted) return;
    if (wanted.startsWith('input') && (await page.locator(`${wanted}:focus`).count()) > 0) return;
  }
  throw new Error(`Tab never gets to ${wanted}`);
}

/** What a person reads where the focus is; of a choice, its label. */
async function focusedText(page: Page): Promise<string> {
  const element = page.locator(':focus');
  if ((await element.count()) === 0) return '';
  const label = page.locator('label:has(:focus)');
  return (await ((await label.count()) > 0 ? label : element).innerText()).trim();
}
