// Asks again and again while somebody looks. Never asks twice at once, never while the page is hidden.

/** Calls `ask` now and then every `everyMs`; returns how to stop. */
export function poll(everyMs: () => number, ask: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;

  const run = async (): Promise<void> => {
    if (stopped || asking) return;
    clearTimeout(timer);
    if (!document.hidden) {
      asking = true;
      await ask();
      asking = false;
    }
    if (!stopped) timer = setTimeout(() => void run(), everyMs());
  };
  const look = (): void => {
    if (!document.hidden) void run();
  };
  document.addEventListener("visibilitychange", look);
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
