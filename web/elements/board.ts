import { PageKeys } from './keys';

/**
 * `<kpu-board>` around the table of a board. Arrows move between the cells (links in `td.b` or `td.q`), Enter opens as
 * on any link, `/` goes to the field marked `data-board-search`, `T` follows the link marked `data-board-late`.
 */
class Board extends PageKeys {
  protected pressed(key: string): boolean {
    switch (key) {
      case '/': return this.#reach<HTMLInputElement>('[data-board-search]', (field) => field.select());
      case 't':
      case 'T': return this.#reach<HTMLAnchorElement>('[data-board-late]', (link) => link.click());
      case 'ArrowLeft': return this.#along(-1);
      case 'ArrowRight': return this.#along(1);
      case 'ArrowUp': return this.#across(-1);
      case 'ArrowDown': return this.#across(1);
      default: return false;
    }
  }

  #reach<E extends HTMLElement>(selector: string, use: (element: E) => void): boolean {
    const element = document.querySelector<E>(selector);
    if (!element) return false;
    element.focus();
    use(element);
    return true;
  }

  #cells(within: ParentNode = this): HTMLAnchorElement[] {
    return [...within.querySelectorAll<HTMLAnchorElement>(':is(td.b, td.q) a')].filter((cell) => cell.offsetParent !== null);
  }

  #current(): HTMLAnchorElement | undefined {
    return this.#cells().find((cell) => cell === document.activeElement);
  }

  #along(step: number): boolean {
    const current = this.#current();
    if (!current) return false;
    const row = this.#cells(current.closest('tr') ?? this);
    return this.#focus(row[row.indexOf(current) + step]);
  }

  /** To the next row that has cells, at the cell that stands nearest to this one. */
  #across(step: number): boolean {
    const current = this.#current();
    if (!current) return false;
    const rows = [...this.querySelectorAll('tr')];
    for (let at = rows.indexOf(current.closest('tr') as HTMLTableRowElement) + step; rows[at]; at += step) {
      const cells = this.#cells(rows[at]);
      if (cells.length > 0) return this.#focus(nearest(cells, middle(current)));
    }
    return true;
  }

  #focus(cell: HTMLAnchorElement | undefined): boolean {
    cell?.focus();
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }
}

function middle(element: Element): number {
  const box = element.getBoundingClientRect();
  return (box.left + box.right) / 2;
}

function nearest(cells: HTMLAnchorElement[], x: number): HTMLAnchorElement | undefined {
  return [...cells].sort((one, other) => Math.abs(middle(one) - x) - Math.abs(middle(other) - x))[0];
}

customElements.define('kpu-board', Board);
