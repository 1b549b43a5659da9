// Switches that turn at once.

import type { SettingsChange, View } from "@nightline/shared/wire.ts";

export function applySetting(view: View, change: SettingsChange): void {
  const { settings } = view;
  switch (change.key) {
    case "language":
      settings.language = change.language;
      view.language = change.language ?? "en";
      break;
    case "desk":
      settings.desk = change.address;
      break;
    case "autostart":
      settings.autostart = change.on;
      break;
    case "notifications":
      settings.notifications = change.on;
      break;
  }
}
