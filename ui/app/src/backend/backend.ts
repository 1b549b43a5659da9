// The window's one door to the watch. Components know this interface and nothing behind it.

import type { Request, View } from "@nightline/shared/wire.ts";

/** Pixels of a picture that a view only names. */
export type Pixels = { id: string; revision: number; data: string };

/** Where everything goes that comes from the watch. */
export interface Sink {
  /** Everything there is to show; replaces what was shown. */
  view(view: View): void;
  picture(pixels: Pixels): void;
  /** Nothing more will come, and nothing that is asked is heard. */
  lost(): void;
}

export interface Backend {
  /** Passes on what the person did. What comes of it is a later view. */
  ask(request: Request): void;
  /** Begins to pass on what comes, the view as it stands first. Called once. */
  listen(sink: Sink): void;
}
