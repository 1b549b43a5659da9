// Rectangles on a picture, in the picture's own pixels. Never outside it, never empty. Pure.

import type { Area } from "@nightline/shared/wire.ts";

export type Size = { width: number; height: number };
export type Point = { x: number; y: number };

/** A rectangle that somebody meant to draw; less is a click. */
export const SMALLEST = 4;
/** One press of an arrow key, as a share of the picture: 100 presses from edge to edge, 10 with the page keys' stride. */
const STEP_SHARE = 0.01;
/** What a new rectangle covers of each side, so that it is seen and need only be moved. */
const FIRST_SHARE = 0.25;

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), Math.max(least, most));

/** Whole pixels inside the picture. */
export function within(area: Area, picture: Size): Area {
  const width = clamp(Math.round(area.width), Math.min(SMALLEST, picture.width), picture.width);
  const height = clamp(Math.round(area.height), Math.min(SMALLEST, picture.height), picture.height);
  return { x: clamp(Math.round(area.x), 0, picture.width - width), y: clamp(Math.round(area.y), 0, picture.height - height), width, height };
}

/** The rectangle between two corners, whichever they are; nothing where it is only a click. Grows to whole pixels. */
export function between(one: Point, other: Point, picture: Size): Area | null {
  const left = clamp(Math.floor(Math.min(one.x, other.x)), 0, picture.width);
  const top = clamp(Math.floor(Math.min(one.y, other.y)), 0, picture.height);
  const right = clamp(Math.ceil(Math.max(one.x, other.x)), 0, picture.width);
  const bottom = clamp(Math.ceil(Math.max(one.y, other.y)), 0, picture.height);
  if (right - left < SMALLEST || bottom - top < SMALLEST) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A rectangle to begin with, in the middle. */
export function first(picture: Size): Area {
  const [width, height] = [picture.width * FIRST_SHARE, picture.height * FIRST_SHARE];
  return within({ x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height }, picture);
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What an arrow key does: moves, or with `resizes` pulls the lower right corner. Nothing for other keys. */
export function pressed(area: Area, key: string, resizes: boolean, picture: Size): Area | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const step = Math.max(1, Math.round(Math.max(picture.width, picture.height) * STEP_SHARE));
  const [right, down] = [arrow[0] * step, arrow[1] * step];
  if (!resizes) return within({ ...area, x: area.x + right, y: area.y + down }, picture);
  const width = clamp(area.width + right, SMALLEST, picture.width - area.x);
  const height = clamp(area.height + down, SMALLEST, picture.height - area.y);
  return within({ ...area, width, height }, picture);
}
