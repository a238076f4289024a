import { smallerPhoto } from './photo';
import { PieceSender } from './piece_sender';

/**
 * `<kpu-file-drop>` around the file field of a form. Chosen, dropped or photographed files go to the server in pieces at
 * once and go on where they stopped after a broken line; the form then names them by `upload_key`. Photos over 2 MB are
 * made smaller first, unless `[data-original]` is ticked. Without script the field sends its files with the form.
 * Words and the address stand in data attributes (web/templates/evidence/file_field.mustache).
 */
class FileDrop extends HTMLElement {
  readonly #senders = new Set<PieceSender>();
  #waiting: HTMLElement | null = null;

  connectedCallback(): void {
    const field = this.#field();
    const form = this.closest('form');
    if (!field || !form) return;
    field.addEventListener('change', () => this.#take(field));
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('drop', (event) => this.#dropped(event));
    form.addEventListener('submit', this.#submitted, { capture: true });
    this.#show('.k-original');
    if (!(matchMedia('(pointer: coarse)').matches)) this.#show('.k-drop');
  }

  disconnectedCallback(): void {
    this.closest('form')?.removeEventListener('submit', this.#submitted, { capture: true });
    for (const sender of this.#senders) sender.pause();
  }

  #field(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input[type=file]');
  }

  #show(selector: string): void {
    const part = this.querySelector<HTMLElement>(selector);
    if (part) part.hidden = false;
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    for (const file of event.dataTransfer?.files ?? []) void this.#send(file);
  }

  /** Takes the files out of the field, so that the form does not send them a second time. */
  #take(field: HTMLInputElement): void {
    const files = [...(field.files ?? [])];
    field.value = '';
    for (const file of files) void this.#send(file);
  }

  async #send(chosen: File): Promise<void> {
    const original = this.querySelector<HTMLInputElement>('[data-original]')?.checked ?? false;
    const file = original ? chosen : await smallerPhoto(chosen);
    const line = this.#line(file.name);
    const note = file.size < chosen.size ? this.#words('smaller', this.#megabytes(chosen.size)) : '';
    const sender = new PieceSender(this.dataset.uploads ?? '', file, {
      progressed: (sent) => this.#progressed(line, sent, file.size, note),
      stopped: (reason) => this.#stopped(line, reason),
      finished: (key) => this.#finished(line, key, file.size, note),
    });
    this.#senders.add(sender);
    line.button.addEventListener('click', () => this.#toggle(line, sender));
    line.remove.addEventListener('click', () => {
      sender.pause();
      this.#senders.delete(sender);
      line.item.remove();
    });
    line.button.textContent = this.dataset.pause ?? '';
    await sender.go();
  }

  #line(name: string) {
    const item = document.createElement('li');
    const title = document.createElement('b');
    title.textContent = name;
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', name);
    const words = document.createElement('span');
    const button = plainButton('');
    const remove = plainButton(this.dataset.remove ?? '');
    item.append(title, bar, words, button, remove);
    this.querySelector('.k-sending')?.append(item);
    return { item, bar, words, button, remove };
  }

  #progressed(line: Line, sent: number, total: number, note: string): void {
    line.bar.max = total;
    line.bar.value = sent;
    line.words.textContent = joined(this.#words('progress', this.#megabytes(sent), this.#megabytes(total)), note);
  }

  #stopped(line: Line, reason: 'broken' | 'signedOut' | 'refused'): void {
    line.words.textContent = this.dataset[reason] ?? '';
    line.button.textContent = this.dataset.continue ?? '';
    line.button.hidden = reason === 'refused';
  }

  #finished(line: Line, key: string, total: number, note: string): void {
    line.bar.value = line.bar.max = total;
    line.words.textContent = joined(this.#words('progress', this.#megabytes(total), this.#megabytes(total)), this.dataset.saved ?? '', note);
    line.button.remove();
    const named = document.createElement('input');
    named.type = 'hidden';
    named.name = 'upload_key';
    named.value = key;
    line.item.append(named);
    if (this.#waiting && !this.#busy()) this.closest('form')?.requestSubmit();
  }

  #toggle(line: Line, sender: PieceSender): void {
    if (sender.running) {
      sender.pause();
      line.button.textContent = this.dataset.continue ?? '';
      return;
    }
    line.button.textContent = this.dataset.pause ?? '';
    void sender.go();
  }

  #busy(): boolean {
    return [...this.#senders].some((sender) => !sender.done);
  }

  /** Saving while files are under way waits for them. */
  readonly #submitted = (event: Event): void => {
    if (!this.#busy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.#waiting) {
      this.#waiting = document.createElement('p');
      this.#waiting.setAttribute('role', 'status');
      this.#waiting.textContent = this.dataset.waiting ?? '';
      this.append(this.#waiting);
    }
    for (const sender of this.#senders) void sender.go();
  };

  #megabytes(bytes: number): string {
    return (bytes / 1_000_000).toFixed(1).replace('.', this.dataset.decimal ?? '.');
  }

  #words(name: string, ...values: string[]): string {
    return values.reduce((text, value, index) => text.replace(`%${index + 1}`, value), this.dataset[name] ?? '');
  }
}

type Line = { item: HTMLLIElement; bar: HTMLProgressElement; words: HTMLSpanElement; button: HTMLButtonElement; remove: HTMLButtonElement };

function plainButton(words: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-sm';
  button.textContent = words;
  return button;
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

customElements.define('kpu-file-drop', FileDrop);
