// Switches that turn at once.

import type { SettingsChange, View } from "@nightline/shared/wire.ts";
import { msg } from "./sentences.ts";

export function applySetting(view: View, change: SettingsChange): void {
  const { settings } = view;
  switch (change.key) {
    case "language":
      settings.language = change.language;
      view.language = change.language ?? "en";
      break;
    case "desk":
      if (change.address.startsWith("https://")) settings.desk = change.address;
      else view.says = { message: msg("settings-desk-wrong"), failed: true };
      break;
    case "autostart":
      settings.autostart = change.on;
      break;
    case "notifications":
      settings.notifications = change.on;
      break;
  }
}
