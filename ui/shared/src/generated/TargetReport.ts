// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Target } from "./Target";
import type { TargetProbe } from "./TargetProbe";

export type TargetReport = { given: Target, probes: Array<TargetProbe>, };
