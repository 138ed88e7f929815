// Makes dist/, and what has to be said of the packages that are in it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { bundle, root } from './bundle.mjs';
import { billOfMaterials, bundledPackages, noticesText } from './notices.mjs';

process.chdir(root);
rmSync('dist', { recursive: true, force: true });
const { metafile } = await bundle('dist');
const packages = bundledPackages(metafile, root);
writeFileSync('THIRD-PARTY-NOTICES', noticesText(packages));
writeFileSync('sbom.cdx.json', billOfMaterials(packages, JSON.parse(readFileSync('package.json', 'utf8'))));
