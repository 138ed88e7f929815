// How long the bin takes to start, as a ratio to `node -e 0` in the same run; rounds are interleaved, medians compared.
import { spawnSync } from 'node:child_process';

const rounds = Number(process.argv[2] ?? 15);
const commands = {
  'node -e 0': ['-e', '0'],
  'idc --help': ['dist/main.js', '--help'],
  'idc validate': ['dist/main.js', 'validate'],
  'idc profiles hanako': ['dist/main.js', 'profiles', 'hanako'],
};
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, args] of Object.entries(commands)) {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    // The first round warms the disk cache.
    if (round > 0) times[name].push(performance.now() - begun);
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const base = median(times['node -e 0']);
const rows = Object.entries(times).map(([name, values]) => ({
  name,
  milliseconds: median(values),
  ratio: median(values) / base,
}));
if (process.argv[3] === '--json') console.log(JSON.stringify(rows));
else {
  console.log(`node ${process.version}, ${rounds} rounds, medians`);
  for (const { name, milliseconds, ratio } of rows) {
    console.log(`${name.padEnd(22)} ${milliseconds.toFixed(0).padStart(5)} ms   ${ratio.toFixed(2)} x node -e 0`);
  }
}
