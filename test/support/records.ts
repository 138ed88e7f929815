import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ApplyRecord, HistoryRecord } from '../../src/core/apply-record.ts';
import { recordText } from '../../src/formats/record.ts';
import { chainRecord, recordPath } from '../../src/history/chain.ts';

/** A uuid that follows from a text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The record of an apply that gave hanako a permission set by her group, unless it says otherwise. */
export function applyRecord(name: string, rest: Partial<ApplyRecord> = {}): ApplyRecord {
  return {
    formatVersion: 1,
    toolVersion: '0.0.0-test',
    runId: uuidOf(name),
    startedAt: '2026-10-03T10:15:00.000Z',
    endedAt: '2026-10-03T10:15:09.000Z',
    result: 'applied',
    instance: {
      arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      identityStoreId: 'd-1234567890',
      region: 'us-east-1',
    },
    caller: 'arn:aws:sts::999988887777:assumed-role/idc-apply/idc-apply-1',
    plan: { digest: `sha256:${'1'.repeat(64)}` },
    steps: [
      {
        action: 'create',
        kind: 'membership',
        subjects: { group: 'ops', user: 'hanako' },
        outcome: 'done',
        at: '2026-10-03T10:15:05.000Z',
        requests: [uuidOf(`${name} request`)],
      },
    ],
    access: {
      people: [['hanako']],
      gained: [{ permissionSet: 'Read', people: 0, accounts: ['111122223333'], groups: ['ops'] }],
      lost: [],
    },
    users: { hanako: uuidOf('hanako') },
    groups: { ops: uuidOf('ops') },
    permissionSets: { Read: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-1' },
    accounts: { '111122223333': 'production' },
    ...rest,
  };
}

/** A chain of these records, as the branch has it. */
export function historyOf(records: readonly (ApplyRecord & Partial<HistoryRecord>)[]): HistoryRecord[] {
  const chain: HistoryRecord[] = [];
  for (const { pullRequests = [], approvals = [], gate, number: _n, previous: _p, digest: _d, ...record } of records)
    chain.push(chainRecord(record, { pullRequests, approvals, ...(gate && { gate }) }, chain.at(-1)));
  return chain;
}

/** Writes them into a folder, as a checkout of the branch has them. */
export function writeHistory(folder: string, records: readonly HistoryRecord[]): void {
  for (const record of records) {
    const file = path.join(folder, recordPath(record));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, recordText(record));
  }
}
