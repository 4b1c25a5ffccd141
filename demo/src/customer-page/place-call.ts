import type { PlacedCall } from "./protocol.ts";
import { strings } from "./strings.ts";

export interface CallRequest {
	/** Base URL of the API. */
	api: string;
	/** Number of the shop. */
	to: string;
	name: string;
	phone: string;
}

/** A call that was not taken; `text` is what the server says, for the caller. */
export class CallRefused extends Error {}

/** Places a call. @throws CallRefused with the server's sentence; TypeError when there is no server */
export async function placeCall({ api, to, name, phone }: CallRequest): Promise<PlacedCall> {
	const answer = await fetch(`${api}/api/inlay/v1/webcalls`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ to, ...(name ? { name } : {}), ...(phone ? { phone } : {}) }),
	});
	const body = (await answer.json().catch(() => ({}))) as Partial<PlacedCall> & { message?: string };
	const { id, secret, socketPath } = body;
	// What the server is short of is no caller's concern.
	if (answer.status >= 500) throw new CallRefused(strings.unable);
	if (!answer.ok || !id || !secret || !socketPath) throw new CallRefused(body.message ?? `Error ${answer.status}`);
	return { id, secret, socketPath };
}
