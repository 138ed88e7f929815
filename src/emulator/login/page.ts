import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import type { Reply, Route, WebRequest } from './http.ts';
import { style } from './style.ts';

const styleElement: Html = { markup: `<style>${style}</style>` };
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

interface PageOptions {
  status?: number;
  /** Where, besides here, a form of the page may lead. */
  formTarget?: string;
}

/** A whole page: nothing of it comes from elsewhere, and nothing in it runs. */
export function page(title: string, body: Html, { status = 200, formTarget }: PageOptions = {}): Reply {
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title} - Local Identity Center</title>
        ${styleElement}
      </head>
      <body>
        <p class="notice"><strong>Local Identity Center</strong>: nothing here is AWS, no password is asked.</p>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: markup,
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        `style-src ${styleHash}`,
        'img-src data:',
        `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
  };
}

/** A page that only says something. */
export function messagePage(title: string, text: string, options?: PageOptions, more?: Html): Reply {
  return page(
    title,
    html`<p role="status">${text}</p>
      ${more}`,
    options,
  );
}

/** A page for browsers that are on this machine and mean it, by whatever name they came. */
export function localPage(route: Route): Route {
  return (request: WebRequest) => {
    if (request.origin !== undefined) return route(request);
    const text = 'These pages are served to localhost, 127.0.0.0/8 and [::1] only.';
    return messagePage('Not here', text, { status: 403 });
  };
}

export function redirect(location: string): Reply {
  return { status: 303, type: 'text/plain', body: '', headers: { location, 'cache-control': 'no-store' } };
}
