import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
}

export interface EditorDiagnostic {
  message: string;
  range: { start: { line: number; character: number } };
}

/** What an editor would ask of the YAML language server about files beside identity.yaml; `|` is the cursor. */
export interface Editor {
  complete(text: string): Promise<string[]>;
  hover(text: string): Promise<string>;
  diagnose(text: string): Promise<EditorDiagnostic[]>;
  close(): void;
}

const firstLine = '# yaml-language-server: $schema=./schemas/identity.schema.json\n';

export async function openEditor(folder: string): Promise<Editor> {
  const server = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = new Map<number, (result: unknown) => void>();
  const published = new Map<string, (diagnostics: EditorDiagnostic[]) => void>();
  let requests = 0;
  let files = 0;

  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const request = async (method: string, params: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      requests += 1;
      answers.set(requests, resolve);
      send({ id: requests, method, params });
    });

  readMessages(child, ({ id, method, params, result }) => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: EditorDiagnostic[] };
      published.get(uri)?.(diagnostics);
    } else if (method !== undefined && id !== undefined) {
      // The server asks for settings; it has been told them.
      const items = (params as { items?: unknown[] }).items ?? [];
      send({ id, result: method === 'workspace/configuration' ? items.map(() => null) : null });
    } else if (id !== undefined) {
      answers.get(id)?.(result);
    }
  });

  const rootUri = pathToFileURL(folder).href;
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  await request('initialize', { processId: process.pid, rootUri, capabilities, workspaceFolders: null });
  send({ method: 'initialized', params: {} });
  const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
  send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });

  const open = (text: string): { uri: string; diagnostics: Promise<EditorDiagnostic[]> } => {
    files += 1;
    const uri = pathToFileURL(`${folder}/file-${files}.yaml`).href;
    const diagnostics = new Promise<EditorDiagnostic[]>((resolve) => published.set(uri, resolve));
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
    return { uri, diagnostics };
  };
  const ask = async (method: string, marked: string): Promise<unknown> => {
    const text = firstLine + marked;
    const before = text.slice(0, text.indexOf('|')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const { uri } = open(text.replace('|', ''));
    return request(`textDocument/${method}`, { textDocument: { uri }, position });
  };

  return {
    async complete(marked) {
      const { items } = (await ask('completion', marked)) as { items: { label: string }[] };
      return items.map(({ label }) => label);
    },
    async hover(marked) {
      const answer = (await ask('hover', marked)) as { contents: { value: string } } | null;
      return answer?.contents.value ?? '';
    },
    async diagnose(text) {
      return open(text.startsWith(firstLine) ? text : firstLine + text).diagnostics;
    },
    close() {
      child.kill();
    },
  };
}

/** Takes the messages of the protocol apart: a header with the length, then JSON. */
function readMessages(child: ChildProcess, receive: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headerEnd = buffer.indexOf('\r\n\r\n');
      if (headerEnd === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('utf8', 0, headerEnd))?.[1]);
      const end = headerEnd + 4 + length;
      if (buffer.length < end) return;
      receive(JSON.parse(buffer.toString('utf8', headerEnd + 4, end)) as Message);
      buffer = buffer.subarray(end);
    }
  });
}
