/**
 * `<kpu-live data-address="/units/1571/events/7/screen" data-since="12">` around a wall screen: asks its own page as JSON every few
 * seconds while it can be seen, and writes what is new into `[data-came]`, `[data-address-text]`, `img[data-code]` and `ol[data-names]`.
 * Without script the page is asked anew by hand or by its own header.
 */
interface Screen {
  came: number;
  newest: number;
  open: boolean;
  address: string;
  code: string;
  rows: { name: string; institution: string }[];
}

class Live extends HTMLElement {
  static readonly pause = 4000;
  #timer = 0;

  connectedCallback(): void {
    this.#timer = window.setInterval(() => void this.#ask(), Live.pause);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (document.visibilityState !== 'visible' || !this.dataset.address) return;
    try {
      const answer = await fetch(`${this.dataset.address}.json?since=${this.dataset.since ?? '0'}`, { credentials: 'same-origin' });
      if (answer.ok) this.#show((await answer.json()) as Screen);
    } catch {
      // the line is away for a moment: the next round asks again
    }
  }

  #show(screen: Screen): void {
    this.dataset.since = String(screen.newest);
    const came = this.querySelector('[data-came]');
    if (came) came.textContent = String(screen.came);
    const address = this.querySelector('[data-address-text]');
    if (address && address.textContent !== screen.address) address.textContent = screen.address;
    const code = this.querySelector<HTMLImageElement>('img[data-code]');
    if (code && screen.code && code.getAttribute('src') !== screen.code) code.src = screen.code;
    const names = this.querySelector('ol[data-names]');
    for (const row of [...screen.rows].reverse()) {
      const item = document.createElement('li');
      item.textContent = row.institution ? `${row.name}, ${row.institution}` : row.name;
      names?.prepend(item);
    }
    while (names && names.children.length > 12) names.lastElementChild?.remove();
  }
}

customElements.define('kpu-live', Live);
