/**
 * Works as a program does that was started in this folder, with this environment and no other. It changes the process: one
 * at a time, and not in a worker thread.
 */
export async function inFolder<Result>(
  folder: string,
  work: () => Promise<Result>,
  env: NodeJS.ProcessEnv = { ...process.env },
): Promise<Result> {
  const before = { folder: process.cwd(), env: { ...process.env } };
  process.chdir(folder);
  setEnv(env);
  try {
    return await work();
  } finally {
    process.chdir(before.folder);
    setEnv(before.env);
  }
}

function setEnv(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
