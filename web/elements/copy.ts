/**
 * `<kpu-copy>` around a read-only field and a hidden `<button type="button" hidden data-done="Tersalin">`: shows the
 * button, which copies the text. Without script the field can be marked and copied by hand.
 */
class Copy extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    if (!button || !('clipboard' in navigator)) return;
    button.hidden = false;
    button.addEventListener('click', () => void this.#copy(button));
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const field = this.querySelector<HTMLTextAreaElement | HTMLInputElement>('textarea, input');
    if (!field) return;
    try {
      await navigator.clipboard.writeText(field.value);
      if (button.dataset.done) button.textContent = button.dataset.done;
    } catch {
      field.focus();
      field.select();
    }
  }
}

customElements.define('kpu-copy', Copy);
