/**
 * `<kpu-keep>` around a form: what is typed in its fields with `data-keep` stays in this tab until the form is saved, so
 * that a broken line or an ended session loses nothing.
 */
class Keep extends HTMLElement {
  connectedCallback(): void {
    for (const field of this.#fields()) {
      const kept = this.#read(field);
      if (kept !== null && field.value === '') field.value = kept;
    }
    this.addEventListener('input', this.#typed);
    this.addEventListener('turbo:submit-end', this.#saved);
  }

  #fields(): Field[] {
    return [...this.querySelectorAll<Field>('[data-keep]')];
  }

  #name(field: Field): string {
    return `kpu-keep:${new URL(field.form?.action ?? location.href).pathname}:${field.name}`;
  }

  #read(field: Field): string | null {
    try {
      return sessionStorage.getItem(this.#name(field));
    } catch {
      return null;
    }
  }

  readonly #typed = (event: Event): void => {
    const field = event.target as Field;
    if (!('keep' in field.dataset)) return;
    try {
      sessionStorage.setItem(this.#name(field), field.value);
    } catch {
      // a full or forbidden store only means that nothing is kept
    }
  };

  readonly #saved = (event: Event): void => {
    if (!(event as CustomEvent<{ success: boolean }>).detail.success) return;
    for (const field of this.#fields()) sessionStorage.removeItem(this.#name(field));
  };
}

type Field = HTMLInputElement | HTMLTextAreaElement;

customElements.define('kpu-keep', Keep);
