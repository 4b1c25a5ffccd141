/**
 * Entry of the media process. Started by child-handle.ts; lives exactly as long as its parent's channel. It answers from its
 * first line on, so that one that hangs while it loads is told from one that is slow: what moves the sound is loaded after.
 */

import { constants, setPriority } from "node:os";
import type { FromChild, ToChild } from "./child-protocol.ts";

const alive: FromChild = { kind: "alive" };
const early: ToChild[] = [];
let take: (message: ToChild) => unknown = (message) => early.push(message);
let leave: () => unknown = () => process.exit(0);

process.on("message", (message: ToChild) => (message.kind === "ping" ? sayAlive() : take(message)));
process.on("disconnect", () => leave());
// Ctrl-C and service managers signal the whole group; the parent decides when calls are over and we may go.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

goFirst();
const { receive, stop } = await import("./child-engine.ts");
take = receive;
leave = stop;
for (const message of early.splice(0)) void receive(message);

function sayAlive(): void {
	if (process.connected) process.send?.(alive, undefined, undefined, () => {});
}

/** Sound cannot wait while other processes compute. Only a privileged server may ask for this; the rest get by. */
function goFirst(): void {
	try {
		setPriority(constants.priority.PRIORITY_HIGH);
	} catch {
		// Not permitted: normal priority it is.
	}
}
