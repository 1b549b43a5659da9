// Who is signed in. Asks the desk; stores nothing itself, the cookie is the browser's.

import type { Agent, Me, SetupState } from "@nightline/shared/wire.ts";
import type { Backend, Failure, Outcome } from "../backend/backend.ts";
import { clock } from "./clock.svelte.ts";

type State =
  | { kind: "asking" }
  | { kind: "out"; ended: boolean }
  | { kind: "in"; me: Me }
  | { kind: "unreachable"; failure: Failure };

export class Session {
  readonly backend: Backend;
  state = $state.raw<State>({ kind: "asking" });
  agents = $state.raw<Agent[]>([]);
  /** Whether the desk has said who its agents are, or that it cannot. Until then no id is shown in place of a name. */
  knowsAgents = $state(false);
  setup = $state.raw<SetupState | null>(null);

  constructor(backend: Backend) {
    this.backend = backend;
  }

  get me(): Me | null {
    return this.state.kind === "in" ? this.state.me : null;
  }

  async start(): Promise<void> {
    const me = await this.backend.me();
    if (me.ok) await this.enter(me.value);
    else if (me.failure.code === "sign-in-required") await this.#leave(false);
    else this.state = { kind: "unreachable", failure: me.failure };
  }

  async enter(me: Me): Promise<void> {
    clock.set(me.now);
    this.state = { kind: "in", me };
    const agents = await this.backend.agents();
    if (agents.ok) this.agents = agents.value;
    this.knowsAgents = true;
  }

  async signOut(): Promise<void> {
    const out = await this.backend.signOut();
    if (out.ok || out.failure.code === "sign-in-required") await this.#leave(false);
  }

  /** Passes an answer on, and notices in passing that the session has ended. */
  noticing<T>(outcome: Outcome<T>): Outcome<T> {
    if (!outcome.ok && outcome.failure.code === "sign-in-required" && this.state.kind === "in") void this.#leave(true);
    return outcome;
  }

  async #leave(ended: boolean): Promise<void> {
    const setup = await this.backend.setupState();
    this.setup = setup.ok ? setup.value : null;
    this.state = { kind: "out", ended };
  }
}
