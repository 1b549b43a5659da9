// Reads a file that the person chose or pasted, as base64. Looks at nothing in it: the watch decides what it is.

/** What the watch takes as a picture; a photograph of a telephone has less. */
export const MOST_BYTES = 20 * 1_024 * 1_024;

export type Read = { ok: true; name: string; data: string } | { ok: false; problem: "app-file-too-large" | "app-file-unreadable" };

export function readFile(file: File): Promise<Read> {
  if (file.size > MOST_BYTES) return Promise.resolve({ ok: false, problem: "app-file-too-large" });
  return new Promise((resolve) => {
    const reading = new FileReader();
    reading.onerror = () => resolve({ ok: false, problem: "app-file-unreadable" });
    reading.onload = () => {
      const address = String(reading.result);
      resolve({ ok: true, name: file.name, data: address.slice(address.indexOf(",") + 1) });
    };
    reading.readAsDataURL(file);
  });
}

/** The pictures among what was pasted. */
export const pastedPictures = (event: ClipboardEvent): File[] =>
  [...(event.clipboardData?.files ?? [])].filter((it) => it.type.startsWith("image/"));
