/** True while a key belongs to what the person is typing, or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Listens on the whole page for as long as the element is in it. */
export abstract class PageKeys extends HTMLElement {
  readonly #listener = (event: KeyboardEvent): void => {
    if (!isTyping(event) && this.pressed(event.key)) event.preventDefault();
  };

  connectedCallback(): void {
    document.addEventListener('keydown', this.#listener);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#listener);
  }

  /** Does what the key asks for; false when it means nothing here. */
  protected abstract pressed(key: string): boolean;
}
