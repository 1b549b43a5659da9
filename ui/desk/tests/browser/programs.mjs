// Starts the real desk and runs the real command line for tests, each in folders of its own. Loopback only.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN_DIR = process.env.NIGHTLINE_BIN_DIR ?? fileURLToPath(new URL("../../../../target/debug", import.meta.url));
/** A desk is up in well under a second; a busy machine may need a few. */
const START_MS = 60_000;

/** A folder that goes away with `remove`. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), "nightline-console-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A desk on a free port: its address, its one-time link, and how to stop it. */
export async function startDesk(dataDir) {
  const child = spawn(join(BIN_DIR, "nightline-desk"), ["serve", "--data", join(dataDir, "desk"), "--listen", "127.0.0.1:0", "--organisation", "Test desk"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const link = await new Promise((resolve, reject) => {
    let heard = "";
    const timer = setTimeout(() => reject(new Error(`the desk printed no link: ${heard}`)), START_MS);
    const listen = (bytes) => {
      heard += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+\/setup#token=[\w-]+/.exec(heard);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the desk ended with ${code}: ${heard}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.removeAllListeners("exit");
      child.on("exit", resolve);
      child.kill("SIGTERM");
    });
  return { url: new URL(link).origin, link, stop };
}

/** Runs `nightline` with a home of its own; answers what it printed and its exit code. */
export function nightline(home, args, limitMs = 120_000) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(BIN_DIR, "nightline"), ["--home", home, ...args], { stdio: ["ignore", "pipe", "pipe"], timeout: limitMs });
    let out = "";
    let err = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (err += bytes));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** Opens a ticket from an intake; answers the document that the command printed. */
export async function openTicket(home, desk, intake) {
  const path = join(home, "intake.json");
  await writeFile(path, JSON.stringify(intake));
  const { code, out, err } = await nightline(home, ["get-help", "--desk", desk, "--intake", path, "--yes", "--json"]);
  if (code !== 0) throw new Error(`get-help ended with ${code}: ${err}`);
  return JSON.parse(out);
}
