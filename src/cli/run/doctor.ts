import { ReportedError } from '../../core/errors.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { renderDiagnosis } from '../../render/text/doctor-text.ts';
import { inertJson } from '../../render/sanitize.ts';
import { examineFile } from '../../doctor/examine-file.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import type { SourceFlags } from '../../planner/plan-from.ts';

export interface DoctorFlags extends SourceFlags {
  format?: 'text' | 'json';
}

/** Says what is wrong around the file, or around the instance where there is no file. Changes nothing. */
export async function doctor(io: Io, flags: DoctorFlags, asked: string | undefined): Promise<number> {
  if (flags.readStrategy === 'principal') {
    throw new ReportedError(
      'flags-mismatch',
      '--read-strategy principal is not for a diagnosis: by principal nobody sees assignments whose user or group is gone.',
    );
  }
  const examined = examineFile(asked, 'identity.yaml');
  const facts =
    flags.snapshot === undefined
      ? await (await import('../../doctor/live.ts')).examineLive(io, flags, examined)
      : (await import('../../doctor/snapshot.ts')).examineSnapshot(
          io,
          { ...flags, snapshot: flags.snapshot },
          examined,
        );
  const diagnosis = diagnose(facts);
  io.out(
    flags.format === 'json'
      ? `${inertJson(JSON.stringify(diagnosis, null, 2))}\n`
      : renderDiagnosis(diagnosis, {
          color: wantsColor(io, flags, io.outIsTerminal),
          width: io.columns(),
          now: io.now(),
        }),
  );
  return diagnosis.summary.failed > 0 ? exitCodes.failed : exitCodes.done;
}
