// Runs commands for a process that is much larger: to start one, the kernel first copies the page tables of what starts it,
// which for a worker of Vitest takes 13 ms and for this process 1 ms.
import { spawn } from 'node:child_process';

process.on('message', ({ script, cwd, env }) => {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd, env });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => process.send?.({ text }));
  }
  child.on('close', (code) => process.send?.({ code }));
});
