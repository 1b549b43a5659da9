// What the viewer needs to know of a file, whether it lies in the bundle or followed the ticket. Reads nothing.

import type { Attachment, Entry } from "@nightline/shared/wire.ts";

export type ShownFile = Pick<Entry, "path" | "size" | "media_type">;

export const shownAttachment = (file: Attachment): ShownFile => ({ path: file.name, size: file.size, media_type: file.media_type });
