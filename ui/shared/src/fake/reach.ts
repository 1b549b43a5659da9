// The check of the desk for the fakes of window and console, as the real one writes it. Never in a real build.

import type { CheckResult, Fact, Message, Unit, Value } from "../wire.ts";

/** Reached, or with the name that could not be looked up. */
export function deskCheck(at: string, reached: boolean): CheckResult {
  const fact = (key: string, value: Value, method: string, unit?: Unit): Fact => ({ key, value, at, method, privacy: "public", ...(unit ? { unit } : {}) });
  const reason: Message = { id: "failure-dns-timeout", args: {}, text: "" };
  const facts = reached
    ? [
        fact("reached", true, "connect"), fact("via_proxy", false, "connect"), fact("loopback", false, "netlink"),
        fact("dns_ms", 8.6, "getaddrinfo", "ms"), fact("tcp_ms", 23.4, "tcp-connect", "ms"), fact("tls_ms", 61.2, "tls-handshake", "ms"), fact("http_ms", 19.7, "http-get", "ms"),
        fact("http_status", 200, "http-get"),
      ]
    : [fact("reached", false, "connect"), fact("failed_phase", "dns", "connect"), fact("failure", "timeout", "connect")];
  return { id: "desk-reach", outcome: reached ? "healthy" : "broken", facts, started_at: at, took_ms: reached ? 121 : 3_502, ...(reached ? {} : { reason }) };
}
