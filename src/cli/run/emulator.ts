import { readFileSync } from 'node:fs';
import { everyFault, parsePolicy, parseSeed, realisticLoad, SeedError } from '../../emulator/index.ts';
import { ReportedError } from '../../core/errors.ts';
import { exitCodes, type Io } from '../io.ts';

export interface EmulatorFlags {
  port: number;
  /** Start nothing: print what sends a client to an emulator on this port. */
  env?: true;
  store?: string;
  seed?: string;
  policy?: string;
  load?: boolean;
  loadSeed?: number;
  timeScale?: number;
  /** The seed; true where none is given. */
  faults?: number | true;
}

/** Serves the local Identity Center until it is interrupted. */
export async function emulator(io: Io, flags: EmulatorFlags): Promise<number> {
  const seed =
    flags.seed === undefined ? undefined : readPart(flags.seed, parseSeed, { code: 'bad-seed', what: 'The seed' });
  const region = seed?.region ?? 'us-east-1';
  if (flags.env) {
    if (flags.port === 0) {
      throw new ReportedError('bad-flag', '--env needs the port of the running emulator.', 'Name it with --port.');
    }
    io.out(`${variablesFor(`http://127.0.0.1:${flags.port}`, region)}\n`);
    return exitCodes.done;
  }
  const policy =
    flags.policy === undefined
      ? undefined
      : readPart(flags.policy, parsePolicy, { code: 'bad-iam-policy', what: 'The policy' });
  const running = await io
    .startEmulator({
      port: flags.port,
      ...(flags.store !== undefined && { store: flags.store }),
      ...(seed && { seed }),
      ...(policy && { policy }),
      behaviour: {
        ...(flags.load && { load: realisticLoad(flags.loadSeed ?? 1, flags.timeScale) }),
        ...(flags.faults !== undefined && { faults: everyFault(flags.faults === true ? 1 : flags.faults) }),
      },
      keepCalls: false,
    })
    .catch((error: unknown) => {
      if (error instanceof SeedError) throw unusable('bad-seed', 'The seed', flags.seed ?? '', error);
      const { message, code } = error as NodeJS.ErrnoException;
      throw new ReportedError(
        'emulator-not-started',
        code === 'EADDRINUSE' ? `Port ${flags.port} is in use.` : message,
        code === 'EADDRINUSE' ? 'Choose another with --port, or 0 for any free one.' : undefined,
      );
    });
  const ownSeed = flags.seed === undefined ? '' : ` --seed ${flags.seed}`;
  io.out(`Local Identity Center on ${running.url}

Point any AWS client at it (credentials may be anything); the same for a shell: eval "$(idc emulator --env --port ${running.port}${ownSeed})"
${variablesFor(running.url, region).replaceAll(/^/gm, '  ')}
Ctrl-C ends it.
`);
  io.err(`
To sign in as one of its users (aws sso login, and profiles with an sso_session):
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY    # some clients take them before a profile
What each user reaches: ${running.url}/start
`);
  await new Promise<void>((resolve) => io.onInterrupt().addEventListener('abort', () => resolve()));
  await running.close();
  return exitCodes.done;
}

/** What a shell is told so that its AWS clients, signed in or not, go to the emulator. */
function variablesFor(url: string, region: string): string {
  const services = ['SSO_ADMIN', 'IDENTITYSTORE', 'ORGANIZATIONS', 'STS', 'IAM', 'ACCOUNT_ACCESS', 'SSO', 'SSO_OIDC'];
  return [
    ...services.map((service) => `export AWS_ENDPOINT_URL_${service}=${url}`),
    `export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=${region}`,
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
  ].join('\n');
}

function readPart<Part>(
  file: string,
  parse: (text: string) => Part,
  { code, what }: { code: string; what: string },
): Part {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unusable(code, what, file, error as Error);
  }
}

function unusable(code: string, what: string, file: string, { message }: Error): ReportedError {
  return new ReportedError(code, `${what} ${file} can't be used: ${message}`);
}
