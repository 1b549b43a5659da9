// Facts as a reader sees them: numbers with their unit, truth values as words, tables as rows.

import type { Fact, Unit, Value } from "../wire.ts";
import { showValue, type Language } from "./texts.ts";
import { formatBytes, formatMs } from "./time.ts";

export type ValueTable = { columns: string[]; rows: string[][] };

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Whether a text is a point in time as Rust writes it. */
export const isMoment = (value: Value): value is string => typeof value === "string" && RFC_3339.test(value);

/** A share of a hundred, as the sentences of the language write it: Chinese leaves no space before the sign. */
export const formatPercent = (value: number, language: Language, digits: number): string =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}${language === "zh-CN" ? "" : " "}%`;

function withUnit(value: number, unit: Unit | undefined, language: Language): string {
  const plain = (digits: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  switch (unit) {
    case undefined:
      return new Intl.NumberFormat(language, { maximumFractionDigits: 3, useGrouping: false }).format(value);
    case "ms":
      return formatMs(value, language);
    case "s":
      return `${plain(1)} s`;
    case "days":
      return new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long", maximumFractionDigits: 1 }).format(value);
    case "pct":
      return formatPercent(value, language, 1);
    case "bytes":
      return formatBytes(value, language);
    case "count":
      return plain(1);
    case "mbps":
      return `${plain(1)} Mbit/s`;
  }
}

/** One fact as a line of text. */
export function showFact(fact: Pick<Fact, "value" | "unit">, language: Language): string {
  const { value, unit } = fact;
  if (typeof value === "number") return withUnit(value, unit, language);
  if (Array.isArray(value)) {
    return value.map((it) => showFact({ value: it, ...(unit ? { unit } : {}) }, language)).join(", ");
  }
  return showValue(value);
}

/** The value as a table, where it is a list of rows with named columns. */
export function asTable(value: Value, language: Language): ValueTable | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const rows = value.filter((it): it is { [key in string]: Value } => isRow(it));
  if (rows.length !== value.length) return null;
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return { columns, rows: flat.map((row) => columns.map((key) => cell(key, row[key], language))) };
}

/** Named values inside a row become columns of their own: `rtt` with `min` is the column `rtt min`. */
function flatten(row: { [key in string]: Value }): Record<string, Value> {
  const flat: Record<string, Value> = {};
  for (const [key, value] of Object.entries(row)) {
    if (!isRow(value)) flat[key] = value;
    else for (const [inner, each] of Object.entries(value)) flat[`${key} ${inner}`] = each;
  }
  return flat;
}

/** Columns tell their unit by their name's end, as everywhere in our formats. */
function cell(key: string, value: Value | undefined, language: Language): string {
  if (value === undefined) return "";
  if (typeof value !== "number") return showValue(value);
  if (key.endsWith("_ms")) return withUnit(value, "ms", language);
  if (key.endsWith("_pct")) return withUnit(value, "pct", language);
  if (key.endsWith("_bytes")) return withUnit(value, "bytes", language);
  return withUnit(value, undefined, language);
}

export const isRow = (value: Value | undefined): value is { [key in string]: Value } =>
  value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
