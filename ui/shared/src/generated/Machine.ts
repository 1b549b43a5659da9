// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Withheld } from "./Withheld";

export type Machine = { host_name?: string, user_name?: string, os?: string, os_build?: string, architecture?: string, manufacturer?: string, model?: string, serial?: string, asset_tag?: string, processor?: string, memory_bytes?: number, cloud_provider?: string, cloud_instance?: string, cloud_region?: string, withheld: { [key in string]: Withheld }, };
