import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDiagnostic, loadIdentityFile, readFilesBeside } from '../../../src/config/load.ts';
import { ConfigError, type Diagnostic, ReportedError } from '../../../src/core/errors.ts';
import { codesOf, diagnose, load, summarise } from '../support.ts';

const policy = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }';
const identity = (...files: string[]): string =>
  `version: 1\npermissionSets:\n${files.map((file, index) => `  Set${index}: { inlinePolicy: { file: ${JSON.stringify(file)} } }\n`).join('')}`;

describe('a policy file', () => {
  it('takes the place of its name', () => {
    const { document, places } = load(identity('policies/s3.json'), { 'policies/s3.json': `\n${policy}` });
    expect(document.permissionSets?.['Set0']?.inlinePolicy).toEqual(JSON.parse(policy));
    const place = places.of(['permissionSets', 'Set0', 'inlinePolicy', 'Statement', 'Effect']);
    expect(place).toEqual({ file: 'policies/s3.json', line: 2, column: 43 });
    expect(place && places.frame(place)).toMatch(/\^{8}$/);
  });

  it('serves several permission sets', () => {
    const { document } = load(identity('s3.json', './s3.json', 'a/../s3.json'), { 's3.json': policy });
    expect(Object.values(document.permissionSets ?? {}).map(({ inlinePolicy }) => inlinePolicy)).toEqual(
      Array(3).fill(JSON.parse(policy)),
    );
  });

  it('is checked like a policy in YAML, at its own places', () => {
    const wrong = policy.replace('"Action"', '"Acton"').replace('"Allow"', '"Alow"');
    const diagnostics = diagnose(identity('s3.json'), { 's3.json': wrong });
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      `s3.json:1:53 bad-value: "Alow" is not one of Allow or Deny; did you mean "Allow"?\n > 1 | ${wrong}\n     |${' '.repeat(53)}^^^^^^`,
      `s3.json:1:61 unknown-key: "Acton" is not a key here; did you mean "Action"?\n > 1 | ${wrong}\n     |${' '.repeat(61)}^^^^^^^`,
    ]);
  });

  it('says where in it something is not of the grammar of IAM, or of another partition', () => {
    const wrong = `{\n  "Statement": {\n    "Effect": "Allow",\n    "Action": ["s3:*", "s3"],\n    "Resource": "arn:aws-cn:s3:::b"\n  }\n}`;
    const diagnostics = diagnose(`${identity('s3.json')}identityCenter: { region: eu-west-1 }\n`, { 's3.json': wrong });
    expect(diagnostics.map(formatDiagnostic).map((text) => text.split('\n')[0])).toEqual([
      's3.json:4:24 bad-value: "s3" has no service prefix; an action is written as in "s3:GetObject".',
      's3.json:5:17 bad-policy: "arn:aws-cn:s3:::b" is an ARN of the partition aws-cn, but the instance is in aws.',
    ]);
  });

  it('comes after everything that is wrong with the identity file', () => {
    const text = `${identity('b.json', 'a.json')}groups: []\n`;
    const diagnostics = diagnose(text, { 'a.json': '{', 'b.json': '[' });
    expect(diagnostics.map(({ place }) => place?.file)).toEqual(['identity.yaml', 'a.json', 'b.json']);
  });

  it.each([
    ['', '1:1', 'Expected a value, but the file ends.'],
    ['{', '1:2', 'Expected a key in double quotes, but the file ends.'],
    ['{ "a" }', '1:7', 'Expected a colon, but found "}".'],
    ['{ "a": 1, }', '1:11', 'Expected a key in double quotes, but found "}".'],
    ["{ 'a': 1 }", '1:3', 'Expected a key in double quotes, but found "\'".'],
    ['{ "a": [1 2] }', '1:11', 'Expected a comma or ], but found "2".'],
    ['{ "a": "x\ny" }', '1:8', 'This text is never closed, or has a bad escape in it.'],
    ['{ "a": "\\x" }', '1:8', 'This text is never closed, or has a bad escape in it.'],
    ['{ "a": 01 }', '1:9', 'Expected a comma or }, but found "1".'],
    ['// no\n{}', '1:1', 'Expected a value, but found "/".'],
    ['{}\n{}', '2:1', 'There is something after the end of the document.'],
    ['['.repeat(100_000), '1:52', 'Lists and maps stand more than 50 deep inside each other here.'],
  ])('that is not JSON says where: %j', (text, place, message) => {
    const diagnostics = diagnose(identity('s3.json'), { 's3.json': text });
    expect(summarise(diagnostics)).toEqual([`${place} policy-file-syntax`]);
    expect(diagnostics[0]?.message).toBe(message);
    expect(diagnostics[0]?.place?.file).toBe('s3.json');
  });

  it.each([
    ['{ "Statement": [], "Statement": [] }', ['bad-value', 'duplicate-key']],
    ['{ "__proto__": {}, "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }', ['reserved-name']],
    ['[]', ['wrong-type']],
    ['"text"', ['wrong-type']],
  ])('with another mistake says so: %s', (text, codes) => {
    const diagnostics = diagnose(identity('s3.json'), { 's3.json': text });
    expect(codesOf(diagnostics).toSorted()).toEqual(codes);
  });

  it.each([
    ['/etc/passwd'],
    ['../outside.json'],
    ['policies/../../outside.json'],
    ['C:\\outside.json'],
    ['\\\\server\\share\\outside.json'],
    ['.'],
    ['..'],
  ])('cannot be outside the folder: %s', (file) => {
    expect(diagnose(identity(file)).map(({ code }) => code)).toEqual(['policy-file-outside']);
  });

  it('may have dots in its name', () => {
    expect(diagnose(identity('..hidden.json'), { '..hidden.json': policy })).toEqual([]);
  });
});

describe('files on disk', () => {
  let folder: string;
  const inFolder = (file: string): string => path.join(folder, 'repository', file);
  const load = (file: string) => loadIdentityFile(file, readFilesBeside(file));

  const failure = (file: string): readonly Diagnostic[] => {
    try {
      load(file);
    } catch (error) {
      if (error instanceof ConfigError) return error.diagnostics;
      throw error;
    }
    throw new Error('it was loaded');
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'idc-config-'));
    mkdirSync(inFolder('policies'), { recursive: true });
    writeFileSync(path.join(folder, 'secret.json'), policy);
    writeFileSync(inFolder('policies/s3.json'), policy);
    symlinkSync('s3.json', inFolder('policies/inside.json'));
    symlinkSync('../../secret.json', inFolder('policies/outside.json'));
    symlinkSync(folder, inFolder('parent'));
    symlinkSync('loop.json', inFolder('loop.json'));
    writeFileSync(inFolder('latin1.json'), Buffer.from('{ "Id": "caf\u00e9" }', 'latin1'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, text: string): string => {
    writeFileSync(inFolder(name), text);
    return inFolder(name);
  };

  it('are read from the folder of the identity file, wherever that is', () => {
    const file = write('identity.yaml', identity('policies/s3.json', 'policies/inside.json'));
    expect(load(file).document.permissionSets?.['Set1']?.inlinePolicy).toEqual(JSON.parse(policy));
    expect(load(path.relative('.', file)).places.of(['version'])?.file).toBe(path.relative('.', file));
  });

  it('may be linked to as the identity file', () => {
    write('real.yaml', identity('policies/s3.json'));
    symlinkSync(inFolder('real.yaml'), path.join(folder, 'linked.yaml'));
    mkdirSync(path.join(folder, 'policies'));
    writeFileSync(path.join(folder, 'policies', 's3.json'), policy);
    expect(load(path.join(folder, 'linked.yaml')).document.permissionSets).toHaveProperty('Set0');
  });

  it.each([
    [
      'policies/outside.json',
      'policy-file-outside',
      'is a symbolic link that leads outside the folder of the identity file.',
    ],
    [
      'parent/secret.json',
      'policy-file-outside',
      'is a symbolic link that leads outside the folder of the identity file.',
    ],
    ['loop.json', 'policy-file-unreadable', 'is a symbolic link that leads to itself.'],
    ['policies', 'policy-file-unreadable', 'is a folder.'],
    ['latin1.json', 'policy-file-unreadable', 'is not a UTF-8 text. Save it as UTF-8.'],
    ['policies/s3.json/x', 'policy-file-unreadable', 'is not in a folder.'],
  ])('are refused: %s', (name, code, reason) => {
    const file = write('refused.yaml', identity(name));
    expect(failure(file).map((diagnostic) => [diagnostic.code, diagnostic.message])).toEqual([
      [code, `${JSON.stringify(name)} ${reason}`],
    ]);
  });

  it('are refused as the identity file too', () => {
    writeFileSync(inFolder('latin1.yaml'), Buffer.from('# caf\u00e9\nversion: 1\n', 'latin1'));
    writeFileSync(inFolder('large.yaml'), `version: 1\n${'#\n'.repeat(5_000_001)}`);
    const reasons = ['latin1.yaml', 'large.yaml', 'policies', 'nowhere.yaml'].map((name) => {
      try {
        load(inFolder(name));
      } catch (error) {
        if (error instanceof ReportedError) return error.message.replace(`${inFolder(name)} `, '');
      }
      return 'it was loaded';
    });
    expect(reasons).toEqual([
      'is not a UTF-8 text. Save it as UTF-8.',
      'is larger than 10 MB.',
      'is a folder.',
      'does not exist.',
    ]);
  });
});

describe('a text file', () => {
  const onboarding = (file: string): string => `version: 1\ncli: { onboarding: { file: ${JSON.stringify(file)} } }\n`;

  it('takes the place of its name, with one kind of line end', () => {
    const { document, places } = load(onboarding('texts/hello.txt'), {
      'texts/hello.txt': 'Hello\r\n{displayName}\r\n',
    });
    expect(document.cli.onboarding).toBe('Hello\n{displayName}\n');
    expect(places.of(['cli', 'onboarding'])).toEqual({ file: 'identity.yaml', line: 2, column: 8 });
  });

  it('may be a policy file as well', () => {
    const both = `${identity('s3.json')}cli: { onboarding: { file: s3.json } }\n`;
    expect(load(both, { 's3.json': policy }).document).toMatchObject({
      cli: { onboarding: policy },
      permissionSets: { Set0: { inlinePolicy: JSON.parse(policy) as object } },
    });
  });

  it.each([['/etc/hello.txt'], ['../hello.txt'], ['C:\\hello.txt']])('stays inside the folder: %s', (file) => {
    expect(diagnose(onboarding(file)).map(({ code }) => code)).toEqual(['text-file-outside']);
  });

  it('has no key beside its name', () => {
    const text = 'version: 1\ncli: { onboarding: { file: hello.txt, language: ja } }\n';
    expect(codesOf(diagnose(text, { 'hello.txt': 'Hello' }))).toEqual(['unknown-key']);
  });
});
