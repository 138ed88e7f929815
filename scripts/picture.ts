// Draws docs/plan.svg: what `idc plan` prints for a change of the example, as on a terminal.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runIdc } from '../test/support/run-idc.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const root = path.join(import.meta.dirname, '..');
const styles: Record<string, string> = {
  '1': 'font-weight="bold"',
  '2': 'fill="#8b949e"',
  '31': 'fill="#ff7b72"',
  '32': 'fill="#7ee787"',
  '33': 'fill="#e3b341"',
};

const folder = mkdtempSync(path.join(tmpdir(), 'idc-picture-'));
const file = path.join(folder, 'identity.yaml');
cpSync(path.join(root, 'identity.yaml'), file);
cpSync(path.join(root, 'policies'), path.join(folder, 'policies'), { recursive: true });

await runIdc(['apply', '-f', file, '--local', '--yes']);
const edits: [string, string][] = [
  ['members: [hanako, taro]', 'members: [hanako, taro, yuki]'],
  ['dynamodb:Scan', 'dynamodb:BatchGetItem'],
  ['users: [yuki]', 'users: [ken]'],
];
let text = readFileSync(file, 'utf8');
for (const [before, after] of edits) {
  if (!text.includes(before)) throw new Error(`identity.yaml no longer says ${before}`);
  text = text.replace(before, after);
}
writeFileSync(file, text);
const { out } = await runIdc(['plan', '-f', file, '--local'], { outIsTerminal: true, columns: () => 88 });
rmSync(folder, { recursive: true, force: true });
writeFileSync(path.join(root, 'docs', 'plan.svg'), draw(`\u001B[1m$ idc plan\u001B[22m\n${out}`));

/** ANSI text as SVG: one text element a line, one span a run of one style. */
function draw(ansi: string): string {
  const escape = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const lines = ansi.trimEnd().split('\n');
  let style = '';
  const drawn = lines.map((line, row) => {
    const spans = line.split('\u001B[').map((part, index) => {
      const code = index === 0 ? undefined : /^(\d+)m/.exec(part)?.[1];
      if (code !== undefined) style = styles[code] ?? '';
      const content = code === undefined ? part : part.slice(code.length + 1);
      return content === '' ? '' : `<tspan ${style}>${escape(content)}</tspan>`;
    });
    return `<text x="16" y="${32 + row * 18}" xml:space="preserve">${spans.join('')}</text>`;
  });
  const [width, height] = [88 * 8 + 32, lines.length * 18 + 36];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The output of idc plan">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">
${drawn.join('\n')}
</g>
</svg>
`;
}
