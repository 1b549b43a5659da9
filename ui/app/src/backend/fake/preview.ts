// What would leave, as the real bundle lists it.

import type { Preview, PreviewItem, View } from "@nightline/shared/wire.ts";
import type { Scene } from "./scenes.ts";
import { msg } from "./sentences.ts";

const SEVERITY = { stopped: ["P0", 15], severe: ["P1", 30], limited: ["P2", 240], question: ["P3", 1_440] } as const;

export function previewOf(view: View, scene: Scene): Preview {
  const { help } = view;
  const answers = help?.answers;
  const item = (id: string, title: string, kind: PreviewItem["kind"], bytes: number, more: Partial<PreviewItem> = {}): PreviewItem => ({
    id, title: msg(title, { name: scene.hostile || "IMG_2041.jpg" }), kind, bytes, included: true, required: false, readable: true, ...more,
  });
  const items = [
    item("what", "bundle-item-what", "disclosed", 148, { required: true }),
    ...(answers?.error ? [item("error", "bundle-item-error", "disclosed", 212)] : []),
    item("time", "bundle-item-time", "disclosed", 24),
    item("circumstances", "bundle-item-circumstances", "disclosed", 61),
    ...(answers?.target ? [item("target", "bundle-item-target", "disclosed", 15)] : []),
    ...(answers?.contact ? [item("contact", "bundle-item-contact", "disclosed", 31)] : []),
    item("report", "bundle-item-report", "redacted", 48_210),
    item("machine", "bundle-item-machine", "redacted", 1_204),
    item("asset-ids", "bundle-item-asset-ids", "disclosed", 88, { included: false }),
    item("system-log", "bundle-item-system-log", "redacted", 1_312_000),
    ...(help?.pictures.filter((it) => it.kept).map((it) => item(it.id, "bundle-item-attachment", "disclosed", it.bytes, { readable: false, title: msg("bundle-item-attachment", { name: `${it.id}.png` }) })) ?? []),
  ];
  const [severity, minutes] = SEVERITY[answers?.impact ?? "limited"];
  const cannot = scene.noDesk ? msg("help-no-desk") : null;
  return { desk: scene.noDesk ? null : "desk.northwind.example", severity, response_minutes: minutes, items, open: null, cannot_send: cannot, sealing: scene.seals };
}
