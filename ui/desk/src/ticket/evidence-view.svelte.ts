// Which evidence is shown: the tab, the open checks, the filter. Opening a reference leads to the very place.

import { tick } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { EventKind } from "@nightline/shared/wire.ts";
import { anchor, place } from "@nightline/shared/report/evidence.ts";

export const TABS = ["timeline", "checks", "target", "path", "machine", "files", "history"] as const;
export type Tab = (typeof TABS)[number];

export class EvidenceView {
  tab = $state<Tab>("timeline");
  /** Whether the evidence has the whole width, for long lines. */
  wide = $state(false);
  readonly openChecks = new SvelteSet<string>();
  kinds = $state.raw<ReadonlySet<EventKind> | null>(null);

  setCheck = (id: string, open: boolean): void => {
    if (open) this.openChecks.add(id);
    else this.openChecks.delete(id);
  };

  /** Shows a check, a fact or an event and puts the focus there. */
  open = async (reference: string): Promise<void> => {
    const target = place(reference);
    if (target.kind === "event") {
      this.tab = "timeline";
      this.kinds = null;
    } else {
      this.tab = "checks";
      this.openChecks.add(target.check);
    }
    await tick();
    const element = document.getElementById(anchor(target)) ?? (target.kind === "fact" ? document.getElementById(anchor({ kind: "check", check: target.check })) : null);
    if (!element) return;
    element.closest("details")?.setAttribute("open", "");
    const focusable = element instanceof HTMLDetailsElement ? element.querySelector("summary") : element;
    element.scrollIntoView({ block: "center" });
    focusable?.focus({ preventScroll: true });
    element.classList.remove("shown");
    // Reading a measure makes the browser notice the removal, so that the same place can be shown twice.
    void element.offsetWidth;
    element.classList.add("shown");
  };
}
