import * as fc from 'fast-check';

/**
 * An `~/.aws/config` as people write it: comments, odd spacing, mixed line breaks, nested blocks, tabs. Every section
 * has a name of its own, so that all readers take it; with `anyBytes`, comments hold bytes that are no UTF-8.
 */
export function handWritten(options: {
  sections: number;
  exactly?: boolean;
  anyBytes?: boolean;
}): fc.Arbitrary<Buffer> {
  const { sections, exactly = false, anyBytes = false } = options;
  const blank = fc.constantFrom('', ' ', '\t', '  ');
  const comment = fc.oneof(
    fc.constantFrom('# work', '; old', '#', '# [profile commented]', '  # region = x', '#no space', '# idc: mine'),
    anyBytes
      ? fc.uint8Array({ maxLength: 6 }).map((bytes) => `# ${latin1(bytes).replaceAll(/[\0\r\n]/g, '\u00FF')}`)
      : fc.constant(`# ${Buffer.from('本番 é').toString('latin1')}`),
  );
  const filler = fc.array(fc.oneof(blank, comment), { maxLength: 3 });
  const key = (name: string, values: string[]): fc.Arbitrary<string> =>
    fc
      .tuple(fc.constantFrom(' = ', '=', '  =\t', ' ='), fc.constantFrom(...values), blank)
      .map(([sign, value, end]) => name + sign + value + end);
  const keys = fc
    .tuple(
      key('region', ['eu-west-1', 'us-east-1']),
      fc.option(key('role_arn', ['arn:aws:iam::111122223333:role/x', 'a=b', 'https://x/#/'])),
      fc.option(key('cli_pager', ['', 'less -R'])),
      fc.option(
        fc.constantFrom(
          ['s3 =', '  max_concurrent_requests = 20', '    addressing_style=path'],
          ['s3=', '\tuse_accelerate_endpoint = true'],
        ),
      ),
    )
    .map(([region, role, pager, nested]) => [
      region,
      ...(role === null ? [] : [role]),
      ...(pager === null || pager.trim().endsWith('=') ? [] : [pager]),
      ...(nested ?? []),
    ]);
  const header = fc.constantFrom(
    (n: number) => `[profile own-${n}]`,
    (n: number) => `[profile own-${n}] # mine`,
    (n: number) => `[profile "own-${n}"]\t`,
    (n: number) => `[profile own ${n}]`,
    (n: number) => `[sso-session own-${n}]`,
    (n: number) => `[services own-${n}]`,
    (n: number) => `[plugins${n}]`,
  );
  const section = fc.tuple(header, filler, keys, filler);
  return fc
    .record({
      head: filler,
      list: fc.array(section, { minLength: exactly ? sections : 0, maxLength: sections, size: 'max' }),
      breaks: fc.infiniteStream(fc.constantFrom('\n', '\n', '\r\n')),
      ending: fc.constantFrom('', '', 'break'),
    })
    .map(({ head, list, breaks, ending }) => {
      const lines = [
        ...head,
        ...list.flatMap(([title, before, content, after], index) => [title(index), ...before, ...content, ...after]),
      ];
      const text = lines
        .map((line, index) => line + (index < lines.length - 1 || ending !== '' ? breaks.next().value : ''))
        .join('');
      return Buffer.from(text, 'latin1');
    });
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
