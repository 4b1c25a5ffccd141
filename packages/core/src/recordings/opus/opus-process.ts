import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Encoded, ToEncode } from "./encode.ts";
import type { FromOpusChild } from "./opus-child.ts";

/** A call of eight hours takes half a minute of a processor that has nothing else to do. */
const longestMs = 1_800_000;
/** It gets no more of the environment than it needs, and so none of the server's secrets. */
const environment = ["PATH", "HOME", "TZ", "LANG", "SystemRoot", "NODE_COMPILE_CACHE"];

/**
 * Encodes a recording in a process of its own, so that nothing else waits for it. No thread: the codec is native, and does not
 * outlive the end of a thread that has used it.
 */
export function encodeInProcess(wanted: ToEncode): Promise<Encoded> {
	const { promise, resolve, reject } = Promise.withResolvers<Encoded>();
	const child = fork(entryFile(), [], {
		execPath: process.execPath,
		execArgv: [],
		env: Object.fromEntries(environment.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
		stdio: ["ignore", "ignore", "ignore", "ipc"],
		timeout: longestMs,
		killSignal: "SIGKILL",
	});
	child.once("message", (told: FromOpusChild) => {
		if ("encoded" in told) resolve(told.encoded);
		else reject(new Error(told.error));
	});
	child.once("error", reject);
	child.once("exit", (code, signal) => reject(new Error(`The encoder ended (${signal ?? code}) without an answer.`)));
	child.send(wanted, (error) => error && reject(error));
	return promise;
}

function entryFile(): string {
	const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
	return fileURLToPath(new URL(`./opus-child${extension}`, import.meta.url));
}
