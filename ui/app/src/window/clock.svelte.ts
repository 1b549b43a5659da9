// The time for ages on the screen. Moves every few seconds, so that nothing flickers.

/** Ages are shown to ten seconds at best. */
const TICK_MS = 5_000;

class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), TICK_MS);
    document.addEventListener("visibilitychange", () => (this.now = Date.now()));
  }
}

export const clock = new Clock();
