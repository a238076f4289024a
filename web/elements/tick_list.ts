import { PageKeys } from './keys';

/**
 * `<kpu-tick-list>` around a list with check boxes. J and K move between them, Space ticks as on any box. Elements with
 * `data-ticked` inside show how many are ticked; a box with `data-tick-all` ticks all others.
 */
class TickList extends PageKeys {
  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('change', this.#changed);
    this.#count();
  }

  protected pressed(key: string): boolean {
    const step = { j: 1, J: 1, k: -1, K: -1 }[key];
    if (step === undefined) return false;
    const boxes = this.#boxes();
    const at = boxes.findIndex((box) => box.closest('li, tr')?.contains(document.activeElement));
    const next = boxes[at < 0 ? 0 : at + step];
    next?.focus();
    next?.closest('li, tr')?.scrollIntoView({ block: 'nearest' });
    return boxes.length > 0;
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type=checkbox]:not([data-tick-all])')];
  }

  readonly #changed = (event: Event): void => {
    const box = event.target;
    if (box instanceof HTMLInputElement && 'tickAll' in box.dataset)
      for (const each of this.#boxes()) each.checked = box.checked;
    this.#count();
  };

  #count(): void {
    const ticked = this.#boxes().filter((box) => box.checked).length;
    for (const place of this.querySelectorAll<HTMLElement>('[data-ticked]'))
      place.textContent = ticked > 0 ? String(ticked) : '';
  }
}

customElements.define('kpu-tick-list', TickList);
