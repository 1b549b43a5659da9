// Starts the console: chooses the desk behind it and mounts the page. Decides nothing else.

import { mount } from "svelte";
import "@nightline/shared/style/colors.css";
import "./style/sizes.css";
import "@nightline/shared/style/base.css";
import "@nightline/shared/style/controls.css";
import App from "./App.svelte";
import { Session } from "./app/session.svelte.ts";
import type { Backend } from "./backend/backend.ts";
import { httpBackend } from "./backend/http.ts";

async function backend(): Promise<Backend> {
  // Folded away in the build that the desk serves; a unit test looks into that build.
  if (import.meta.env.MODE === "fake") return (await import("./backend/fake.ts")).fakeBackend(location.search);
  return httpBackend();
}

const root = document.getElementById("app");
if (root) mount(App, { target: root, props: { session: new Session(await backend()) } });
