// Pictures that are drawn here: a screen with an error, blacked out where the person said, in the pixels themselves.

import type { Area, Picture, PictureOf, View } from "@nightline/shared/wire.ts";
import type { Pixels } from "../backend.ts";
import { textOf } from "./sentences.ts";

const SIZES: Record<PictureOf, [number, number]> = { screen: [1600, 900], window: [760, 420] };

export class Paint {
  readonly #view: View;
  readonly #send: (pixels: Pixels) => void;
  readonly #changed: () => void;
  readonly #canvases = new Map<string, HTMLCanvasElement>();
  #made = 0;

  constructor(view: View, send: (pixels: Pixels) => void, changed: () => void) {
    this.#view = view;
    this.#send = send;
    this.#changed = changed;
  }

  async take(of: PictureOf): Promise<void> {
    const [width, height] = SIZES[of];
    const canvas = canvasOf(width, height);
    draw(canvas, textOf("fake-error"));
    this.#put(canvas);
  }

  async add(data: string): Promise<void> {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    try {
      await image.decode();
    } catch {
      return;
    }
    const canvas = canvasOf(image.naturalWidth, image.naturalHeight);
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    this.#put(canvas);
  }

  async blackOut(id: string, areas: readonly Area[]): Promise<void> {
    const canvas = this.#canvases.get(id);
    const picture = this.#view.help?.pictures.find((it) => it.id === id);
    const context = canvas?.getContext("2d");
    if (!canvas || !picture || !context) return;
    context.fillStyle = "#000";
    for (const area of areas) context.fillRect(area.x, area.y, area.width, area.height);
    picture.areas += areas.length;
    picture.revision += 1;
    this.#show(picture, canvas);
  }

  keep(id: string): void {
    for (const picture of this.#view.help?.pictures ?? []) if (picture.id === id) picture.kept = true;
  }

  remove(id: string): void {
    const { help } = this.#view;
    if (help) help.pictures = help.pictures.filter((it) => it.id !== id);
  }

  #put(canvas: HTMLCanvasElement): void {
    const { help } = this.#view;
    if (!help) return;
    this.#made += 1;
    const id = `picture-${this.#made}`;
    const picture: Picture = { id, width: canvas.width, height: canvas.height, bytes: 0, revision: 1, areas: 0, kept: false };
    help.pictures.push(picture);
    this.#canvases.set(id, canvas);
    this.#show(picture, canvas);
    this.#changed();
  }

  #show(picture: Picture, canvas: HTMLCanvasElement): void {
    const data = canvas.toDataURL("image/png");
    picture.bytes = Math.round(data.length * 0.75);
    this.#send({ id: picture.id, revision: picture.revision, data });
  }
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function draw(canvas: HTMLCanvasElement, error: string): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  context.fillStyle = "#2b4a6b";
  context.fillRect(0, 0, width, height);
  const [w, h] = [Math.min(680, width * 0.9), Math.min(300, height * 0.8)];
  const [x, y] = [(width - w) / 2, (height - h) / 2];
  context.fillStyle = "#f4f4f4";
  context.fillRect(x, y, w, h);
  context.fillStyle = "#dcdcdc";
  context.fillRect(x, y, w, 44);
  context.fillStyle = "#222";
  context.font = "600 20px sans-serif";
  context.fillText("rds.example.com — mira.lindqvist", x + 18, y + 29);
  context.font = "20px sans-serif";
  error.split("\n").forEach((line, index) => context.fillText(line, x + 24, y + 96 + index * 34, w - 48));
}
