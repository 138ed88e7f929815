import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { chooseByKeyboard, closeBrowser, noBrowser, openPage, signInByKeyboard, tabTo } from '../support/browser.ts';
import { pkce, register, startDevice } from '../support/sign-in.ts';
import { start } from '../emulator/clients.ts';

afterAll(closeBrowser);

const longName = 'a-user-name-that-no-line-of-a-phone-is-long-enough-for@subsidiary.example.com';

async function prepare() {
  const fixture = await start();
  const { url } = fixture.emulator;
  const ann = await fixture.user('ann');
  await fixture.user(longName);
  const PermissionSetArn = await fixture.permissionSet('AdministratorAccessOfAllThings32');
  await fixture.assign({ PermissionSetArn, PrincipalId: ann });
  const client = await register(url);
  return { url, address: async () => (await startDevice(url, client)).verificationUriComplete };
}

/** What the browser complains about: a style that the policy forbids, say. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => found.push(message.text()));
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}

beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));

describe('the pages in a browser', () => {
  it('are worked by the keyboard alone', async () => {
    const { address, url } = await prepare();
    const page = await openPage();
    const said = complaints(page);
    await signInByKeyboard(page, await address(), 'ann');
    expect(await page.getByRole('status').innerText()).toContain('You can close this page');
    expect(await page.title()).toContain('You are signed in');

    const code = new URL(await address()).searchParams.get('user_code') ?? '';
    await page.goto(`${url}/device`);
    await tabTo(page, 'input[name=user_code]');
    await page.keyboard.type(code);
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    await tabTo(page, 'Deny');
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    expect(await page.getByRole('status').innerText()).toContain('The sign-in was denied');
    expect(said).toEqual([]);
  });

  it.for([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ])(
    'send the browser back to the program that asked, approved or denied: at %s',
    async ([listen = '', host = ''], { skip }) => {
      const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
      skip(!addresses.includes(listen), `this machine has no ${listen}`);
      const { url } = await prepare();
      const heard: string[] = [];
      const program = createServer((request, response) => {
        heard.push(request.url ?? '');
        response.end('back at the program');
      });
      await new Promise<void>((resolve) => program.listen(0, listen, resolve));
      onTestFinished(() => void program.close());
      const { port } = program.address() as AddressInfo;
      const { clientId } = await register(url, { redirectUris: [`http://${host}/back`] });
      const address = `${url}/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: `http://${host}:${port}/back`,
        state: 'mine',
        code_challenge: pkce().challenge,
        code_challenge_method: 'S256',
      }).toString()}`;
      const page = await openPage();
      const said = complaints(page);
      await signInByKeyboard(page, address, 'ann');
      expect(await page.innerText('body')).toBe('back at the program');
      await page.goto(address);
      await tabTo(page, 'Deny');
      await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
      expect(await page.innerText('body')).toBe('back at the program');
      expect(heard.filter((path) => path.startsWith('/back'))).toEqual([
        expect.stringMatching(/^\/back\?code=[\w-]{43}&state=mine$/),
        '/back?error=access_denied&state=mine',
      ]);
      expect(said).toEqual([]);
    },
  );

  it('show where the focus is', async () => {
    const { address } = await prepare();
    const page = await openPage();
    await page.goto(await address());
    for (const wanted of ['input[type=radio]', 'Continue', 'Deny']) {
      await tabTo(page, wanted);
      const style: unknown = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect(style).toBe('solid');
    }
  });

  const looks: [string, BrowserContextOptions][] = [
    ['a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
    ['a dark phone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ['a screen', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
    ['a dark screen', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ];
  it.each(looks)('fit and are legible on %s', async (_what, options) => {
    const { address, url } = await prepare();
    const page = await openPage(options);
    const look = async (): Promise<void> => {
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), page.url()).toBe(0);
      expect(await page.evaluate(leastContrast), page.url()).toBeGreaterThanOrEqual(4.5);
    };
    await page.goto(await address());
    await look();
    await chooseByKeyboard(page, 'ann');
    await look();
    await page.goto(`${url}/device?user_code=none`);
    await look();
    await page.goto(`${url}/start`);
    await look();
    await chooseByKeyboard(page, 'ann');
    await look();
  });
});

/** In the page: the least contrast between a text and what is behind it (WCAG 2.2, relative luminance). */
const leastContrast = `(() => {
  const parts = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = parts(color).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return parts(color)[3] === 0 && element.parentElement ? behind(element.parentElement) : color;
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return Math.min(...texts.map((element) => {
    const [dark, light] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }));
})()`;
