import { ReportedError } from '../../core/errors.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { renderDiagnosis } from '../../render/text/doctor-text.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { examineFile, type ExaminedFile } from '../../doctor/examine-file.ts';
import type { Facts } from '../../doctor/facts.ts';
import { readText } from '../../files/read-text.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { connectionOf, type SourceFlags } from '../session.ts';

export interface DoctorFlags extends SourceFlags {
  format?: 'text' | 'json';
}

/** Says what is wrong around the file, or around the instance where there is no file. Changes nothing. */
export async function doctor(io: Io, flags: DoctorFlags, asked: string | undefined): Promise<number> {
  if (flags.readStrategy === 'principal') {
    throw new ReportedError(
      'flags-mismatch',
      '--read-strategy principal is not for doctor: it does not find assignments whose user or group was deleted.',
    );
  }
  const examined = await examineFile(asked, 'identity.yaml', io.now());
  const facts = await examine(io, flags, examined);
  const diagnosis = diagnose(facts);
  io.out(
    flags.format === 'json'
      ? `${sanitizeJson(JSON.stringify(diagnosis, null, 2))}\n`
      : renderDiagnosis(diagnosis, {
          color: wantsColor(io, flags, io.outIsTerminal),
          width: io.columns(),
          now: io.now(),
        }),
  );
  return diagnosis.summary.failed > 0 ? exitCodes.failed : exitCodes.done;
}

async function examine(io: Io, flags: DoctorFlags, examined: ExaminedFile): Promise<Facts> {
  if (flags.snapshot === undefined) {
    const { examineLive } = await import('../../doctor/live.ts');
    return examineLive(connectionOf(flags, io), examined);
  }
  const [{ examineSnapshot }, { parseSnapshot }] = await Promise.all([
    import('../../doctor/snapshot.ts'),
    import('../../source/snapshot-format.ts'),
  ]);
  return examineSnapshot(parseSnapshot(readText(flags.snapshot)), flags, examined, io.now());
}
