// Which small drawing stands for which kind of event. The word is always beside it or in its title.

import type { IconName } from "../icons/Icon.svelte";
import type { EventKind } from "../wire.ts";

export const KIND_ICONS: Readonly<Record<EventKind, IconName>> = {
  boot: "boot",
  shutdown: "boot",
  crash: "crash",
  update: "update",
  "log-error": "log",
  network: "network",
  episode: "episode",
  reported: "reported",
  probe: "probe",
};
