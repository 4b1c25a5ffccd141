/** A customer who writes a text or an email, by the phone and the mailbox that the demo has for it. */
import { randomUUID } from "node:crypto";
import type { WritingStep } from "./scenario.ts";
import type { Outcome, World } from "./world.ts";

/** Resolves when it is sent. Never rejects. */
export async function write(world: World, { kind, subject, text }: WritingStep): Promise<Outcome> {
	const body = new URLSearchParams({ text, key: randomUUID(), ...(kind === "email" ? { subject } : {}) });
	try {
		const answer = await fetch(new URL(kind === "email" ? "/mailbox" : "/phone", world.api), {
			method: "POST",
			headers: { origin: new URL(world.api).origin },
			body,
			redirect: "manual",
			signal: world.ended,
		});
		if (answer.status === 303) return { kind, result: "sent", isExpected: true };
		const said = answer.status === 404 ? "This Inlay has no demo, or no address for it." : `${answer.status}`;
		return { kind, result: answer.status >= 500 ? "failed" : "refused", text: said, isExpected: false };
	} catch (error) {
		return { kind, result: "failed", text: error instanceof Error ? error.message : String(error), isExpected: false };
	}
}
