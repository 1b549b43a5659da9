// What a row of the audit log says beyond its action: the desk's short detail, read by action. Pure; knows no language.

export type Detail =
  | { kind: "none" }
  | { kind: "change"; of: "status" | "severity" | "owner"; from: string | null; to: string | null }
  | { kind: "bytes"; bytes: number }
  | { kind: "file"; name: string }
  | { kind: "rights"; admin: boolean }
  | { kind: "refused"; id: string }
  | { kind: "device"; fingerprint: string }
  /** For details, in the desk's own words. */
  | { kind: "problem"; text: string }
  | { kind: "text"; text: string };

export type Subject = { kind: "none" } | { kind: "ticket"; number: string } | { kind: "device"; fingerprint: string } | { kind: "other"; id: string };

const NONE: Detail = { kind: "none" };
const CHANGES: Readonly<Record<string, "status" | "severity" | "owner">> = {
  "status-changed": "status",
  "ticket-closed": "status",
  "ticket-reopened": "status",
  "severity-changed": "severity",
  "owner-changed": "owner",
};

/** Reads the detail of one action. A shape that is not known stays text, so that a newer desk loses nothing. */
export function detailOf(action: string, detail: string): Detail {
  if (detail === "") return NONE;
  const of = CHANGES[action];
  if (of) return change(of, detail) ?? { kind: "text", text: detail };
  switch (action) {
    case "message-sent":
    case "file-announced":
    // The subject says it already.
    case "device-approved":
      return NONE;
    case "file-read":
    case "file-downloaded":
      return { kind: "file", name: /^\S+ (.+)$/su.exec(detail)?.[1] ?? detail };
    case "bundle-received":
    case "file-received": {
      const bytes = /(?:^|, )(\d+) bytes$/.exec(detail)?.[1];
      return bytes ? { kind: "bytes", bytes: Number(bytes) } : { kind: "text", text: detail };
    }
    case "agent-added":
      return detail === "administrator" || detail === "agent" ? { kind: "rights", admin: detail === "administrator" } : { kind: "text", text: detail };
    case "sign-in-failed":
      return /^[a-z ]+$/.test(detail) ? { kind: "refused", id: detail.replaceAll(" ", "-") } : { kind: "text", text: detail };
    case "ticket-opened": {
      const fingerprint = fingerprintOf(detail);
      return fingerprint === null ? { kind: "text", text: detail } : { kind: "device", fingerprint };
    }
    case "bundle-damaged":
      return { kind: "problem", text: detail };
    default:
      return { kind: "text", text: detail };
  }
}

export function subjectOf(subject: string): Subject {
  if (subject === "") return { kind: "none" };
  if (/^NL-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/.test(subject)) return { kind: "ticket", number: subject };
  const fingerprint = fingerprintOf(subject);
  return fingerprint === null ? { kind: "other", id: subject } : { kind: "device", fingerprint };
}

function change(of: "status" | "severity" | "owner", detail: string): Detail | null {
  const cut = detail.indexOf(" -> ");
  if (cut < 0) return null;
  const side = (text: string): string | null => (text === "-" ? null : text);
  return { kind: "change", of, from: side(detail.slice(0, cut)), to: side(detail.slice(cut + 4)) };
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
/** A fingerprint's hex digits; the desk's own rule (`FINGERPRINT_DIGITS`). */
const DIGITS = 16;

/** A device's id is `dev-` and the beginning of its key's SHA-256 in base 32; its fingerprint is the same in hex. */
export function fingerprintOf(id: string): string | null {
  const letters = /^dev-([a-z2-7]{13,})$/.exec(id)?.[1];
  if (!letters) return null;
  const bits = [...letters].map((it) => BASE32.indexOf(it).toString(2).padStart(5, "0")).join("");
  return Array.from({ length: DIGITS }, (_, place) => Number.parseInt(bits.slice(place * 4, place * 4 + 4), 2).toString(16)).join("");
}

/** In fours, as two people read it to each other. */
export const inFours = (fingerprint: string): string => fingerprint.replaceAll(" ", "").match(/.{1,4}/gsu)?.join(" ") ?? "";
