import { writeFileSync } from 'node:fs';
import { renderJson } from '../render/json.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderText } from '../render/text.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from './io.ts';
import { loadFile } from './load-file.ts';
import { makePlan } from './make-plan.ts';
import { openSession } from './session.ts';

export interface PlanFlags extends CommonFlags {
  format?: 'text' | 'markdown' | 'json';
  out?: string;
  detailedExitcode?: boolean;
  orphans?: boolean;
}

/** Shows what an apply would do; changes nothing. */
export async function plan(io: Io, flags: PlanFlags, file: string): Promise<number> {
  const loaded = loadFile(file);
  const session = await openSession(io, flags, loaded.document, file);
  try {
    const { plan, names } = await makePlan(session.aws, loaded, {
      removeOrphans: flags.orphans ?? false,
      isLocal: flags.local ?? false,
    });
    session.doneReading();
    if (flags.out !== undefined) writeFileSync(flags.out, renderJson(plan));
    const formats = {
      text: () => renderText(plan, { names, color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() }),
      markdown: () => renderMarkdown(plan, { names, applyFlags: flags.orphans ? ['--orphans'] : [] }),
      json: () => renderJson(plan),
    };
    io.out(formats[flags.format ?? 'text']());
    if (plan.violations.length > 0) return exitCodes.refused;
    return flags.detailedExitcode && plan.steps.length > 0 ? exitCodes.pending : exitCodes.done;
  } finally {
    await session.close();
  }
}
