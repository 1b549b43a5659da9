// From attempts to lanes: what took how long, what failed, what was not tried, and what the sentence is told.

import { describe, expect, test } from "vitest";
import { deskCheck } from "../../src/fake/reach.ts";
import { compared, fromCheck, fromProbe, steps, telling, totalMs, type Attempt } from "../../src/report/reach.ts";
import { reader, t } from "../../src/text/reader.svelte.ts";
import type { TargetProbe } from "../../src/wire.ts";

const AT = "2026-11-22T02:13:00.000Z";
const refused: TargetProbe = { at: AT, reached: false, failed_phase: "tcp", failure: { id: "failure-tcp-refused", args: {}, text: "" }, dns_ms: 14 };
const remote: TargetProbe = { at: AT, reached: true, dns_ms: 10, tcp_ms: 30 };
const attempt = (): Attempt => fromCheck(deskCheck(AT, true)) ?? expect.fail("no attempt");
const drawn = (it: Attempt): string[] => steps(it, 200).map((step) => `${step.phase} ${step.state}`);

describe("an attempt", () => {
  test("is read from the facts of a check, as a probe tells it", () => {
    expect(totalMs(attempt())).toBeCloseTo(112.9);
    expect(attempt().status).toBe(200);
    expect(fromCheck(deskCheck(AT, false))).toMatchObject({ reached: false, failedPhase: "dns", failure: { id: "failure-dns-timeout" }, ms: {} });
    expect(fromCheck(undefined)).toBeNull();
    expect(fromCheck({ ...deskCheck(AT, true), outcome: "skipped", facts: [] })).toBeNull();
  });

  test("has its phases one after another", () => {
    const [dns, tcp] = steps(fromProbe(remote), 40);
    expect(dns).toMatchObject({ x: 0, width: 25 });
    expect(tcp).toMatchObject({ x: 25, width: 75 });
  });

  test("leaves out what is not expected there, and says what was not tried", () => {
    expect(drawn(fromProbe(remote))).toEqual(["dns took", "tcp took"]);
    expect(drawn(fromProbe(refused))).toEqual(["dns took", "tcp failed", "tls untried", "http untried"]);
  });

  test("stays in its lane, whatever a report says", () => {
    for (const ms of [0, 0.01, 1e9]) {
      for (const step of steps(fromProbe({ ...remote, dns_ms: ms }), 10)) expect(step.x + step.width).toBeLessThanOrEqual(100.001);
    }
  });

  test("that failed last is the one to ask about", () => {
    expect(telling([remote, refused, remote])).toBe(refused);
    expect(telling([remote])).toBe(remote);
    expect(telling([])).toBeUndefined();
  });
});

describe("the sentence", () => {
  const said = (target: TargetProbe | TargetProbe[] | null, desk: Attempt | null, culprit: "service" | "provider" = "service"): string =>
    t("reach-compared", compared("rds.example.com", target === null ? [] : Array.isArray(target) ? target : [target], desk, culprit, (ms) => `${Math.round(ms)} ms`)).replaceAll("\u00a0", " ");
  const desk = attempt();
  const down = fromCheck(deskCheck(AT, false));

  test("compares the target with the desk", () => {
    reader.language = "en";
    expect(said(refused, desk)).toBe("The connection works: the support desk answered. rds.example.com could not be reached.");
    expect(said(remote, desk)).toBe("rds.example.com answered in 40 ms, the support desk in 113 ms.");
    expect(said(remote, down)).toBe("rds.example.com answered in 40 ms. The support desk could not be reached.");
    expect(said(refused, down)).toBe("Neither rds.example.com nor the support desk could be reached.");
    expect(said(null, desk)).toBe("The support desk answered in 113 ms.");
    expect(said(null, down)).toBe("The support desk could not be reached.");
    expect(said(remote, null)).toBe("rds.example.com answered in 40 ms.");
    expect(said(refused, null)).toBe("rds.example.com could not be reached.");
  });

  test("does not call a connection sound that the verdict blames, nor by a desk on this very machine", () => {
    expect(said(refused, desk, "provider")).toBe("The support desk answered. rds.example.com could not be reached.");
    expect(said(refused, { ...desk, isHere: true })).toBe("The support desk answered. rds.example.com could not be reached.");
  });

  test("calls a target that answers now and then neither reached nor out of reach", () => {
    expect(said([remote, refused, remote], desk)).toBe("The support desk answered. rds.example.com answered only 2 of 3 times.");
    expect(said([refused, remote], down)).toBe("rds.example.com answered only 1 of 2 times. The support desk could not be reached.");
    expect(said([refused, remote], null)).toBe("rds.example.com answered only 1 of 2 times.");
    expect(said([refused, refused], desk)).toBe("The connection works: the support desk answered. rds.example.com could not be reached.");
  });

  test("is said in Chinese", () => {
    reader.language = "zh-CN";
    expect(said([refused, remote], desk)).toBe("支持中心有响应；rds.example.com 测试 2 次，只连通 1 次。");
    expect(said(refused, desk)).toBe("网络连接正常：支持中心有响应，但无法连接 rds.example.com。");
    expect(said(refused, down)).toBe("rds.example.com 和支持中心都无法连接。");
    reader.language = "en";
  });
});
