// Makes dist/.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';

const dist = path.resolve('dist');
rmSync(dist, { recursive: true, force: true });
await bundle(dist);
