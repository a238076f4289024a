const pieceBytes = 256 * 1024;
const pauses = [1000, 3000, 8000];

export type Listener = {
  progressed(sent: number): void;
  stopped(reason: 'broken' | 'signedOut' | 'refused'): void;
  finished(key: string): void;
};

/** Sends one file in pieces; `go` may be called again after a pause or a broken line and goes on where the server stands. */
export class PieceSender {
  running = false;
  done = false;
  #abort = new AbortController();

  constructor(private readonly address: string, private readonly file: File, private readonly listener: Listener) {}

  pause(): void {
    this.running = false;
    this.#abort.abort();
  }

  async go(): Promise<void> {
    if (this.running || this.done) return;
    this.running = true;
    this.#abort = new AbortController();
    for (let failures = 0; this.running && !this.done;) {
      const outcome = await this.#attempt();
      if (outcome === 'moved') failures = 0;
      if (outcome === 'signedOut' || outcome === 'refused') return this.#stop(outcome);
      if (outcome === 'broken') {
        if (!this.running) return;
        const pause = pauses[failures++];
        if (pause === undefined) return this.#stop('broken');
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #stop(reason: 'broken' | 'signedOut' | 'refused'): void {
    this.running = false;
    this.listener.stopped(reason);
  }

  /** Asks how far the file has come, then sends pieces until the end or until something goes wrong. */
  async #attempt(): Promise<'moved' | 'broken' | 'signedOut' | 'refused' | 'finished'> {
    let moved = false;
    try {
      const key = await keyOf(this.file);
      const begun = await this.#post(this.address, new URLSearchParams({ upload_key: key, file_name: this.file.name, total_bytes: String(this.file.size) }));
      if (begun.status === 401 || begun.status === 403) return 'signedOut';
      if (begun.status === 422 || begun.status === 413) return 'refused';
      if (!begun.ok) return 'broken';
      let offset = Number(begun.headers.get('Upload-Offset'));
      while (this.running && offset < this.file.size) {
        this.listener.progressed(offset);
        const piece = this.file.slice(offset, offset + pieceBytes);
        const answer = await this.#post(`${this.address}/${key}/pieces?offset=${offset}`, piece);
        if (answer.status === 401 || answer.status === 403) return 'signedOut';
        if (answer.status !== 204 && answer.status !== 409) return answer.status === 422 ? 'refused' : moved ? 'moved' : 'broken';
        offset = Number(answer.headers.get('Upload-Offset'));
        moved = true;
      }
      if (offset < this.file.size) return 'moved';
      this.done = true;
      this.running = false;
      this.listener.finished(key);
      return 'finished';
    } catch {
      return moved && this.running ? 'moved' : 'broken';
    }
  }

  #post(address: string, body: Blob | URLSearchParams): Promise<Response> {
    const token = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? '';
    const headers: Record<string, string> = { 'X-CSRF-Token': token, Accept: 'application/json' };
    if (body instanceof Blob) headers['Content-Type'] = 'application/octet-stream';
    return fetch(address, { method: 'POST', body, headers, signal: this.#abort.signal, credentials: 'same-origin' });
  }
}

/** The same file gives the same key, also after the page was closed: name, size, time of change and its first bytes. */
async function keyOf(file: File): Promise<string> {
  const head = await file.slice(0, 65536).arrayBuffer();
  const label = new TextEncoder().encode(`${file.name}|${file.size}|${file.lastModified}|`);
  const bytes = new Uint8Array(label.length + head.byteLength);
  bytes.set(label);
  bytes.set(new Uint8Array(head), label.length);
  // crypto.subtle is there on https and on localhost; elsewhere a plain sum of the same bytes serves
  if (!crypto.subtle) return `plain-${file.size}-${file.lastModified}-${bytes.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}`;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
