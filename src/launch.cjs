#!/usr/bin/env node
// Starts the bundled CLI with the code that V8 compiled when it was built, which lies beside each file. V8 itself refuses
// it where the source, its own version or its flags differ; the source is compiled then, as always.
const { closeSync, openSync, readFileSync, readSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const isRecording = process.env.IDC_RECORD_CODE_CACHE === '1';
const modules = new Map();
const scripts = new Map();
// Every file goes through this: memory that is touched for the first time costs more than what is read into it.
const buffer = Buffer.allocUnsafeSlow(1_000_000);

function load(file) {
  const known = modules.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(file, module);
  // esbuild writes ASCII, which is read faster as what it is.
  const source = read(file).latin1Slice();
  const script = new Script(source, { filename: file, cachedData: readIfThere(`${file}.cache`) });
  const folder = path.dirname(file);
  const requireBeside = (id) => (id.startsWith('.') ? load(path.join(folder, id)) : require(id));
  script.runInThisContext()(module.exports, requireBeside, module, file, folder);
  if (isRecording) scripts.set(`${file}.cache`, script);
  return module.exports;
}

/** Good until the next file is read. */
function read(file) {
  const descriptor = openSync(file);
  const length = readSync(descriptor, buffer);
  closeSync(descriptor);
  return length < buffer.length ? buffer.subarray(0, length) : readFileSync(file);
}

function readIfThere(file) {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}

// At the end V8 has compiled whatever the run needs.
if (isRecording) {
  process.once('exit', () => scripts.forEach((script, file) => writeFileSync(file, script.createCachedData())));
}
load(path.join(__dirname, 'cli.js'));
