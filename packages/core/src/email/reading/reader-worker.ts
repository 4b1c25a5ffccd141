import { parentPort } from "node:worker_threads";
import { readMail } from "./read-mail.ts";
import type { FromReader, ToReader } from "./reader.ts";

/** The mail reader's own thread: what a mail costs, it costs here. */
parentPort?.on("message", ({ id, raw, mailFrom }: ToReader) => {
	readMail(raw, mailFrom).then(
		(mail) => parentPort?.postMessage({ id, mail } satisfies FromReader),
		(error: unknown) => parentPort?.postMessage({ id, error: String(error) } satisfies FromReader),
	);
});
