/**
 * `<kpu-push data-key data-marks data-worker>` around a form with hidden endpoint, p256dh and auth, a hidden button and texts `data-said`:
 * asks this browser for messages and sends the form with what it gives. `data-key`: the key that it is asked with; `data-marks`: of the
 * browsers that are known, the first half of the SHA-256 of their endpoint.
 */
class Push extends HTMLElement {
  async connectedCallback(): Promise<void> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
    const there = await (await navigator.serviceWorker.getRegistration(this.#worker))?.pushManager.getSubscription();
    if (there && (await this.#isKnown(there))) {
      this.#say('here');
      return;
    }
    const button = this.querySelector('button');
    if (!button) return;
    this.#say('');
    button.hidden = false;
    button.addEventListener('click', () => void this.#ask(button));
  }

  get #worker(): string {
    return this.dataset.worker ?? '/push.js';
  }

  async #ask(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.#say('');
    try {
      if ((await Notification.requestPermission()) !== 'granted') {
        this.#say('refused');
        return;
      }
      const registration = await navigator.serviceWorker.register(this.#worker);
      await navigator.serviceWorker.ready;
      // a consent that was given for another key cannot be used
      await (await registration.pushManager.getSubscription())?.unsubscribe();
      const key = bytesOf(this.dataset.key ?? '');
      this.#send(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    } catch {
      this.#say('failed');
    } finally {
      button.disabled = false;
    }
  }

  #send(made: PushSubscription): void {
    const form = this.querySelector('form');
    const keys = made.toJSON().keys;
    if (!form || !keys) return;
    for (const [name, value] of [['endpoint', made.endpoint], ['p256dh', keys.p256dh], ['auth', keys.auth]] as const) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value ?? '';
    }
    form.requestSubmit();
  }

  /** The program knows it, and it was given for the key of now. */
  async #isKnown(made: PushSubscription): Promise<boolean> {
    const key = made.options?.applicationServerKey;
    if (key && !sameBytes(new Uint8Array(key), bytesOf(this.dataset.key ?? ''))) return false;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(made.endpoint)));
    const mark = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return (this.dataset.marks ?? '').split(' ').includes(mark);
  }

  #say(what: string): void {
    for (const text of this.querySelectorAll<HTMLElement>('[data-said]')) text.hidden = text.dataset.said !== what;
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(new ArrayBuffer(text.length));
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

customElements.define('kpu-push', Push);
