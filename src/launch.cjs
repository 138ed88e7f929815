#!/usr/bin/env node
// Starts the bundled CLI with the code that V8 compiled when it was built, which lies beside each file. V8 itself refuses
// it where the source, its own version or its flags differ; the source is compiled then, as always.
const { readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const isRecording = process.env.IDC_RECORD_CODE_CACHE === '1';
const modules = new Map();
const scripts = new Map();

function load(file) {
  const known = modules.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(file, module);
  const cachedData = readIfThere(`${file}.cache`);
  // esbuild writes ASCII, which is read faster as what it is.
  const script = new Script(wrap(readFileSync(file, 'latin1')), { filename: file, cachedData });
  const folder = path.dirname(file);
  const requireBeside = (id) => (id.startsWith('.') ? load(path.join(folder, id)) : require(id));
  script.runInThisContext()(module.exports, requireBeside, module, file, folder);
  if (isRecording) scripts.set(`${file}.cache`, script);
  return module.exports;
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// At the end V8 has compiled whatever the run needs.
if (isRecording) {
  process.once('exit', () => scripts.forEach((script, file) => writeFileSync(file, script.createCachedData())));
}
load(path.join(__dirname, 'cli.js'));
