/** A customer who writes a text or an email, by the phone and the mailbox that the demo has for it. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { EmailStep, MessageStep } from "./scenario.ts";
import type { Outcome, World } from "./world.ts";

/** Resolves when it is sent. Never rejects. */
export async function write(world: World, step: MessageStep | EmailStep): Promise<Outcome> {
	const { kind } = step;
	try {
		const answer = await fetch(new URL(kind === "email" ? "/mailbox" : "/phone", world.api), {
			method: "POST",
			headers: { "content-type": "application/json", origin: new URL(world.api).origin },
			body: JSON.stringify({ key: randomUUID(), ...(kind === "email" ? await letter(step) : text(step)) }),
			redirect: "manual",
		});
		if (answer.status === 303) return { kind, result: "sent", isExpected: true };
		const said = answer.status === 404 ? "This Inlay has no demo, or no address for it." : `${answer.status}`;
		return { kind, result: answer.status >= 500 ? "failed" : "refused", text: said, isExpected: false };
	} catch (error) {
		return { kind, result: "failed", text: error instanceof Error ? error.message : String(error), isExpected: false };
	}
}

function text({ text, name, phone }: MessageStep) {
	return { text, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { from: phone }) };
}

async function letter({ subject, text, name, from, attachments }: EmailStep) {
	const files = await Promise.all(
		attachments.map(async (file) => ({ name: basename(file), data: await readFile(file, "base64") })),
	);
	return {
		...{ subject, text },
		...(name === undefined ? {} : { name }),
		...(from === undefined ? {} : { from }),
		...(files.length > 0 ? { files } : {}),
	};
}
