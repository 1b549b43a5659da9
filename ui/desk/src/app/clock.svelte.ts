// The desk's time, as well as the browser can follow it. Moves every few seconds, so that nothing flickers.

/** Coarse on purpose: ages and due times are shown in minutes. */
const TICK_MS = 5_000;

class DeskClock {
  #offset = 0;
  now = $state(Date.now());

  constructor() {
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener("visibilitychange", () => this.#tick());
  }

  /** Takes the desk's word for what time it is. */
  set(now: string): void {
    const time = Date.parse(now);
    if (Number.isNaN(time)) return;
    this.#offset = time - Date.now();
    this.#tick();
  }

  #tick(): void {
    this.now = Date.now() + this.#offset;
  }
}

export const clock = new DeskClock();
