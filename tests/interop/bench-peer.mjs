// `@tus/server` behind the few routes that a ticket needs, so that our client can measure it.
// Holds nothing and checks nothing: a peer for the bench, never a desk.
//
// node bench-peer.mjs PORT DIR; prints "listening on PORT" once it does, on loopback. PORT 0 is any free one.

import { createServer } from "node:http";
import { FileStore } from "@tus/file-store";
import { EVENTS, Server } from "@tus/server";

const [port, directory] = [Number(process.argv[2]), process.argv[3]];
const uploads = "/api/v1/uploads";
let complete = false;

const tus = new Server({ path: uploads, datastore: new FileStore({ directory }), relativeLocation: true });
tus.on(EVENTS.POST_FINISH, () => {
  complete = true;
});

const receipt = (number) => {
  const now = new Date().toISOString();
  const upload = complete ? {} : { upload: { endpoint: uploads, token: "bench" } };
  return { number, received_at: now, response_due: now, bundle_complete: complete, ...upload };
};

/** What a device asks on its way to an upload, by method and path. */
const answers = [
  ["GET", /^\/api\/v1\/profile$/, () => ({
    organisation: "Peer",
    max_bundle_bytes: 2 ** 40,
    max_chunk_bytes: 2 ** 40,
    who_may_open: "anyone",
    now: new Date().toISOString(),
    absent_name: "absent.invalid",
  })],
  ["POST", /^\/api\/v1\/devices$/, () => ({ device: "bench", approved: true })],
  ["POST", /^\/api\/v1\/devices\/token$/, () => ({
    token: "bench",
    expires: new Date(Date.now() + 3_600_000).toISOString(),
  })],
  ["PUT", /^\/api\/v1\/tickets\/([^/]+)$/, (number) => receipt(number)],
  ["GET", /^\/api\/v1\/tickets\/([^/]+)\/receipt$/, (number) => receipt(number)],
];

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  if (pathname.startsWith(uploads)) {
    tus.handle(request, response);
    return;
  }
  request.resume();
  for (const [method, pattern, answer] of answers) {
    const found = pattern.exec(pathname);
    if (found && request.method === method) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer(found[1])));
      return;
    }
  }
  response.writeHead(404, { "content-type": "application/json" }).end('{"code":"not-found","detail":""}');
});
server.listen(port, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
