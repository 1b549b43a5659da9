// From hops to stations: neighbors of one network become one, and the faulty stretch is never hidden in a station.

import { describe, expect, test } from "vitest";
import { lossyPath } from "../../src/fake/path.ts";
import { way } from "../../src/report/way.ts";

const drawn = (path: ReturnType<typeof lossyPath>) => {
  const { stations, stretches } = way(path);
  return { stations: stations.map((it) => `${it.kind} ${it.from}-${it.to}`), stretches: stretches.map((it) => `${it.fault ?? "-"} ${it.silent}`) };
};

describe("the way", () => {
  test("joins the hops of one network", () => {
    const path = { ...lossyPath("rds.example.com") };
    delete path.fault;
    expect(drawn(path).stations).toEqual(["self 0-0", "router 1-1", "network 2-4", "network 5-5", "target 6-6"]);
  });

  test("marks the stretch between its two ends", () => {
    expect(drawn(lossyPath("rds.example.com")).stretches).toEqual(["- 0", "loss 0", "- 0", "- 0"]);
  });

  test("parts a network in whose midst the fault lies", () => {
    const path = lossyPath("rds.example.com");
    const { stations, stretches } = drawn({ ...path, fault: { kind: "loss", after: 2, before: 4, size: 70 } });
    expect(stations).toEqual(["self 0-0", "router 1-1", "network 2-2", "network 4-4", "network 5-5", "target 6-6"]);
    expect(stretches).toEqual(["- 0", "- 0", "loss 1", "- 0", "- 0"]);
  });

  test("ends in a target that did not answer", () => {
    const path = { ...lossyPath("rds.example.com"), reached: false };
    const { stations, stretches } = drawn({ ...path, fault: { kind: "end", after: 6, before: 7 } });
    expect(stations.at(-1)).toBe("target 0-0");
    expect(stretches.at(-1)).toBe("end 0");
  });
});
