// A watch that exists only in this page: plays scenarios for development, tests and pictures.
// Never part of the build that the window shows. Knows nothing that the real one would not say in a view.

import type { HelpStep, Request, View } from "@nightline/shared/wire.ts";
import { reader } from "@nightline/shared/text/reader.svelte.ts";
import type { Backend, Sink } from "./backend.ts";
import { Checking } from "./fake/checking.ts";
import { begun, forget, keep, kept } from "./fake/kept.ts";
import { Paint } from "./fake/paint.ts";
import { previewOf } from "./fake/preview.ts";
import { Delivering } from "./fake/delivering.ts";
import { sceneOf, type Scene } from "./fake/scenes.ts";
import { msg, sentences } from "./fake/sentences.ts";
import { applySetting } from "./fake/settings.ts";
import { Ticketing } from "./fake/ticketing.ts";
import { stepsFrom, wayOf } from "./fake/way.ts";

export function fakeBackend(query: string): Backend {
  const asked = new URLSearchParams(query);
  reader.addCatalogs(sentences);
  return new FakeWatch(sceneOf(asked));
}

export class FakeWatch implements Backend {
  readonly #scene: Scene;
  readonly #view: View;
  readonly #paint: Paint;
  readonly #checking: Checking;
  readonly #delivering: Delivering;
  readonly #tickets: Ticketing;
  #sink: Sink | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#view = scene.view;
    const changed = (): void => this.#changed();
    this.#paint = new Paint(this.#view, (pixels) => this.#sink?.picture(pixels), changed);
    this.#checking = new Checking(this.#view, scene, changed);
    this.#delivering = new Delivering(this.#view, scene, changed);
    this.#tickets = new Ticketing(this.#view, scene, changed);
  }

  listen(sink: Sink): void {
    this.#sink = sink;
    if (this.#scene.lost) {
      sink.lost();
      return;
    }
    const known = this.#scene.restores ? kept(this.#scene.name) : null;
    if (known && !this.#view.help) {
      this.#view.help = begun(known.answers, known.step);
      this.#view.place = known.place;
      this.#view.home.unfinished = known.answers.what;
      this.#checking.start();
    }
    void this.#begin();
  }

  ask(request: Request): void {
    const { help } = this.#view;
    switch (request.ask) {
      case "open":
        this.#view.place = request.place;
        if (request.place.at === "ticket") this.#tickets.open(request.place.number);
        break;
      case "look-again":
        this.#lookAgain();
        break;
      case "get-help":
        this.#getHelp();
        break;
      case "discard":
      case "solved":
        this.#endHelp();
        break;
      case "answer":
        if (help) help.answers = structuredClone(request.answers);
        this.#checking.target();
        break;
      case "next":
        this.#step(1);
        break;
      case "back":
        this.#step(-1);
        break;
      case "go":
        this.#go(request.step);
        break;
      case "send-now":
        this.#go("preview");
        break;
      case "take-picture":
        void this.#paint.take(request.of);
        break;
      case "add-picture":
        void this.#paint.add(request.data);
        break;
      case "black-out":
        void this.#paint.blackOut(request.id, request.areas);
        break;
      case "keep-picture":
        this.#paint.keep(request.id);
        break;
      case "remove-picture":
        this.#paint.remove(request.id);
        break;
      case "tick":
        for (const item of help?.preview?.items ?? []) if (item.id === request.item && !item.required) item.included = request.included;
        break;
      case "read":
        this.#read(request.item);
        break;
      case "send":
        this.#delivering.send();
        this.#go("sent");
        break;
      case "stop":
      case "send-again":
      case "give-up":
      case "save":
        this.#delivering.act(request.ask, request.number);
        break;
      case "reply":
        this.#tickets.reply(request.text);
        break;
      case "write-reply":
        this.#tickets.write(request.number, request.text);
        break;
      case "attach":
        this.#tickets.attach(request.name, request.data);
        break;
      case "close-ticket":
        this.#tickets.close();
        break;
      case "set":
        applySetting(this.#view, request.change);
        break;
      case "dismiss":
        this.#view.says = null;
        break;
      case "close-window":
        this.#view.place = { at: "home" };
        break;
    }
    this.#changed();
  }

  async #begin(): Promise<void> {
    const { at } = this.#scene;
    if (at !== null) {
      this.#view.help = begun(this.#scene.answers, at);
      this.#view.place = { at: "help" };
      this.#checking.start();
      if (at === "pictures" || at === "preview") await this.#paint.take("screen");
      const [first] = this.#view.help.pictures;
      if (first && at === "preview") this.#paint.keep(first.id);
      if (at === "sent") this.#delivering.send();
      this.#go(at);
    }
    if (this.#view.place.at === "ticket") this.#tickets.open(this.#view.place.number);
    this.#changed();
  }

  #lookAgain(): void {
    const { home } = this.#view;
    home.looking = true;
    setTimeout(() => {
      home.looking = false;
      if (home.verdict) home.verdict.measured_at = new Date().toISOString();
      this.#changed();
    }, this.#scene.pace * 4);
  }

  #getHelp(): void {
    this.#view.place = { at: "help" };
    if (this.#view.help) return;
    this.#view.help = begun(this.#scene.unfinished ?? undefined, "what");
    this.#checking.start();
  }

  #endHelp(): void {
    this.#view.help = null;
    this.#view.home.unfinished = null;
    this.#view.place = { at: "home" };
    this.#checking.stop();
    forget(this.#scene.name);
  }

  #step(by: 1 | -1): void {
    const { help } = this.#view;
    if (!help || (by === 1 ? !help.way.next : !help.way.back)) return;
    this.#go(stepsFrom(help.step, by));
  }

  #go(step: HelpStep): void {
    const { help } = this.#view;
    if (!help) return;
    help.step = step;
    this.#view.place = { at: "help" };
    if (step !== "preview") return;
    const ready = (): void => {
      help.preview = previewOf(this.#view, this.#scene);
      this.#changed();
    };
    if (this.#scene.pace === 0) ready();
    else setTimeout(ready, this.#scene.pace * 3);
  }

  #read(item: string | null): void {
    const preview = this.#view.help?.preview;
    if (preview) preview.open = item === null ? null : { id: item, text: this.#scene.textOf(item), cut: item === "system-log" };
  }

  #changed(): void {
    const { help, home } = this.#view;
    if (help) {
      help.target_problem = /\s/.test(help.answers.target.trim()) ? msg("help-target-wrong") : null;
      help.way = wayOf(help);
      if (help.step === "sent") forget(this.#scene.name);
      else keep(this.#scene.name, { answers: help.answers, step: help.step, place: this.#view.place });
      home.unfinished = help.step === "sent" ? null : help.answers.what;
    }
    this.#view.revision += 1;
    this.#sink?.view(structuredClone(this.#view));
  }
}

