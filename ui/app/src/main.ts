// Starts the window: chooses the watch behind it and mounts the page. Decides nothing else.

import { mount } from "svelte";
import "@nightline/shared/style/colors.css";
import "./style/sizes.css";
import "@nightline/shared/style/base.css";
import "@nightline/shared/style/controls.css";
import "./style/window.css";
import App from "./App.svelte";
import type { Backend } from "./backend/backend.ts";
import { tauriBackend } from "./backend/tauri.ts";
import { Shown } from "./window/window.svelte.ts";

async function backend(): Promise<Backend> {
  // Folded away in the build that the window shows; a unit test looks into that build.
  if (import.meta.env.MODE === "fake") return (await import("./backend/fake.ts")).fakeBackend(location.search);
  return tauriBackend();
}

const root = document.getElementById("app");
if (root) mount(App, { target: root, props: { shown: new Shown(await backend()) } });
