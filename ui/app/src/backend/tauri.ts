// The watch behind a Tauri window: two commands of the shell, `ask` and `listen`. Decides nothing.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { ToWindow } from "@nightline/shared/wire.ts";
import type { Backend, Sink } from "./backend.ts";

export function tauriBackend(): Backend {
  let lost = (): void => {};
  return {
    ask(request) {
      invoke("ask", { request }).catch(() => lost());
    },
    listen(sink: Sink) {
      lost = () => sink.lost();
      const channel = new Channel<ToWindow>();
      channel.onmessage = (message) => deliver(message, sink);
      invoke("listen", { channel }).catch(() => lost());
    },
  };
}

function deliver(message: ToWindow, sink: Sink): void {
  switch (message.kind) {
    case "view":
      return sink.view(message.view);
    case "picture":
      return sink.picture({ id: message.id, revision: message.revision, data: message.data });
    case "hide":
    case "raise":
    case "close":
      // The shell does these to the window as a whole; there is nothing to draw.
      return;
  }
}
