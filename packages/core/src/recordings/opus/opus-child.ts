/** The process that encodes one recording: started by opus-process.ts, it answers once, and ends with its parent's channel at the latest. */

import { setPriority } from "node:os";
import { type Encoded, encodeOpus, type ToEncode } from "./encode.ts";

/** What it answers. */
export type FromOpusChild = { encoded: Encoded } | { error: string };

/** Whoever talks comes first: a recording has time. */
const low = 10;

process.once("message", async (wanted: ToEncode) => {
	const answer = await encodeOpus(wanted).then(
		(encoded): FromOpusChild => ({ encoded }),
		(error): FromOpusChild => ({ error: String(error) }),
	);
	process.send?.(answer, undefined, undefined, () => process.disconnect());
});
process.once("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
try {
	setPriority(low);
} catch {
	// Where it may not be asked for, it is as everybody.
}
