// A built page and a browser in front of it, for tests and pictures: up together, down together. Judges nothing.

import { after, before } from "node:test";
import { launch, openPage } from "./chromium.mjs";
import { serve } from "./serve.mjs";

/** What is shown: the folder of a build, the content policy of the real page, and what its shell runs before it. */
export class Stage {
  #play;
  #site;
  #browser;

  constructor(play) {
    this.#play = play;
  }

  async up() {
    this.#site = await serve(this.#play.folder, this.#play.policy);
    this.#browser = await launch();
  }

  async down() {
    await this.#browser?.close();
    await this.#site?.stop();
  }

  get url() {
    return this.#site.url;
  }

  /** A fresh page, nowhere yet. */
  open(options) {
    return openPage(this.#browser, { ...this.#play.page, ...options });
  }

  /** A fresh page at an address, once the sign is there. */
  async at(address, sign, options) {
    const opened = await this.open(options);
    await opened.page.goto(this.url + address);
    await opened.page.locator(sign).first().waitFor();
    return opened;
  }
}

/** A stage for the tests of one file. */
export function stage(play) {
  const made = new Stage(play);
  before(() => made.up());
  after(() => made.down());
  return made;
}
