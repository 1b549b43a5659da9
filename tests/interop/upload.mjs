// Uploads one file with tus-js-client, the way any tus client would. Knows nothing of tickets but the metadata.
//
// node upload.mjs ENDPOINT TOKEN TICKET FILE CHUNK_BYTES; prints "progress N" and in the end "done".

import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, token, ticket, file, chunk] = process.argv.slice(2);

// A server that is killed is back within seconds; the client asks again until then.
const RETRY_DELAYS_MS = Array.from({ length: 300 }, () => 200);

new Upload(readFileSync(file), {
  endpoint,
  chunkSize: Number(chunk),
  retryDelays: RETRY_DELAYS_MS,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { ticket, filename: `${ticket}.zip`, filetype: "application/zip" },
  onChunkComplete: (_, accepted) => console.log(`progress ${accepted}`),
  onSuccess: () => console.log("done"),
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
}).start();
