/** `<kpu-menu>` around a `<details>`: closes it by Escape and by a press outside. */
class Menu extends HTMLElement {
  readonly #pressedOutside = (event: Event): void => {
    if (event.target instanceof Node && !this.contains(event.target)) this.#close(false);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close(true);
  };

  connectedCallback(): void {
    document.addEventListener('pointerdown', this.#pressedOutside);
    this.addEventListener('keydown', this.#key);
  }

  disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#pressedOutside);
  }

  #close(byKey: boolean): void {
    const details = this.querySelector('details');
    if (!details?.open) return;
    details.open = false;
    if (byKey) details.querySelector('summary')?.focus();
  }
}

customElements.define('kpu-menu', Menu);
