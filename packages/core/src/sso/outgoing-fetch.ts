import type { Asked, Outgoing } from "../kernel/outgoing/outgoing.ts";
import { ProviderAway } from "./causes.ts";

/** Within so long a provider has answered, ms. */
const answerMs = 8_000;
/** A discovery document or a set of keys is a few kilobytes. */
const mostBytes = 512 * 1024;

/**
 * `fetch` for asking providers, by {@link Outgoing}: judged where it leads, bounded in time and length, and never led on: a
 * redirect is an answer that nobody asked for.
 * @throws ProviderAway
 */
export function outgoingFetch(outgoing: Outgoing) {
	return async function ask(
		address: string,
		options: { method: string; headers: Record<string, string>; body?: unknown },
	): Promise<Response> {
		const body = options.body === undefined || options.body === null ? undefined : String(options.body);
		const sent = body === undefined ? undefined : { "content-length": `${Buffer.byteLength(body)}` };
		const asked: Asked = {
			method: options.method,
			headers: { ...options.headers, ...sent },
			...(body === undefined ? {} : { body }),
			...{ timeoutMs: answerMs, mostBytes },
		};
		const answer = await outgoing.ask(new URL(address), asked).catch((cause: unknown) => {
			throw new ProviderAway(cause);
		});
		const isEmpty = answer.status === 204 || answer.status === 304;
		return new Response(isEmpty ? null : new Uint8Array(answer.body), {
			status: answer.status,
			headers: answer.headers,
		});
	};
}
