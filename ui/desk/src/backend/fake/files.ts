// The content of the fake desk's files: a log with a story, a long log, a drawn picture of a screen.

import type { Entry, TicketPage } from "@nightline/shared/wire.ts";
import { HOSTILE_TEXT } from "./hostile.ts";

/** The size of a small laptop's screen. */
const PICTURE = { width: 1_280, height: 800 };
let picture: Uint8Array<ArrayBuffer> | null = null;

/** A picture of a screen: a window with the error, drawn once. */
export function pictureBytes(): Uint8Array<ArrayBuffer> {
  picture ??= drawn();
  return picture;
}

function drawn(): Uint8Array<ArrayBuffer> {
  const canvas = Object.assign(document.createElement("canvas"), PICTURE);
  const pen = canvas.getContext("2d");
  if (pen) {
    const box = (color: string, x: number, y: number, width: number, height: number): void => {
      pen.fillStyle = color;
      pen.fillRect(x, y, width, height);
    };
    const line = (text: string, y: number, color = "#1b1b1b", font = "20px sans-serif"): void => {
      pen.fillStyle = color;
      pen.font = font;
      pen.fillText(text, 390, y);
    };
    const sky = pen.createLinearGradient(0, 0, PICTURE.width, PICTURE.height);
    sky.addColorStop(0, "#23466b");
    sky.addColorStop(1, "#5d86a8");
    pen.fillStyle = sky;
    pen.fillRect(0, 0, PICTURE.width, PICTURE.height);
    box("#16202c", 0, 756, PICTURE.width, 44);
    box("#0e1620", 352, 222, 576, 336);
    box("#ffffff", 350, 220, 576, 336);
    box("#e9edf2", 350, 220, 576, 48);
    line("Remote Desktop Connection", 252);
    line("An authentication error has occurred.", 322);
    line("The function requested is not supported.", 352);
    line("Remote computer: rds.north.example", 402, "#414d5a");
    line("Error code: 0x80090302", 432, "#414d5a", "18px monospace");
    box("#1c4ba6", 790, 490, 110, 40);
    pen.fillStyle = "#ffffff";
    pen.font = "20px sans-serif";
    pen.fillText("OK", 830, 517);
  }
  return Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1] ?? ""), (it) => it.charCodeAt(0));
}

const kept = new Map<string, Uint8Array<ArrayBuffer>>();

/** What the viewer needs to know of a file, in the bundle or after it. */
type Kept = Pick<Entry, "path" | "size" | "media_type">;

export function fileBytes(entry: Kept, page: TicketPage): Uint8Array<ArrayBuffer> {
  const key = `${page.number}/${entry.path}`;
  const known = kept.get(key);
  if (known) return known;
  const made = entry.media_type.startsWith("image/")
    ? pictureBytes()
    : new TextEncoder().encode(textOf(entry, page));
  kept.set(key, made);
  entry.size = made.length;
  return made;
}

function textOf(entry: Kept, page: TicketPage): string {
  if (entry.path === "report.json") return JSON.stringify(page.report, null, 2);
  const start = Date.parse(page.summary.intake.when ?? page.created_at) - 3 * 3_600_000;
  const lines: string[] = [];
  for (let index = 0; index < 24_000; index += 1) {
    const at = new Date(start + index * 900).toISOString();
    lines.push(`${at} <host-7q2k> ${STORIES[(index * 7) % STORIES.length]}[${800 + (index % 900)}]: ${SAYINGS[(index * 13) % SAYINGS.length]}`);
  }
  if (page.summary.intake.what.startsWith("<img")) lines[3] = HOSTILE_TEXT;
  return `${lines.join("\n")}\n`;
}

const STORIES = ["NetworkManager", "systemd-resolved", "kernel", "xfreerdp", "chronyd"];
const SAYINGS = [
  "connectivity is now LIMITED",
  "Using degraded feature set UDP instead of UDP+EDNS0 for DNS server <ip-7c2f.4d1a>",
  "ERROR: rdp_recv_callback: CredSSP failed, 0x80090302",
  "Selected source <ip-a1b2.9f3e>",
  "wlp0s20f3: carrier lost for 1412 ms",
  "state change: activated -> deactivating (reason 'connection-assumed')",
];
