/** The one request that every way of signing in ends with (RFC 6749, 3.2). */
import { StartError } from "@inlay/core/config/start-error";
import type { Address } from "./address.ts";
import { causeOf, errorOf, PlatformError } from "./platform-error.ts";

const answerWithinMs = 30_000;

/** @throws StartError where nobody answers, PlatformError where it is refused */
export async function askToken(
	{ login }: Address,
	form: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<string> {
	const { ok, status, text } = await ask(login, { method: "POST", headers, body: new URLSearchParams(form) });
	const token = ok ? tokenIn(text) : undefined;
	if (token !== undefined) return token;
	if (!ok) throw errorOf(status, text, "The sign-in");
	const sentence = `${login} answered the sign-in with ${status} and no token. Is the address right, and nothing between that answers itself?`;
	throw new PlatformError(status, "answer.unreadable", sentence);
}

async function ask(login: string, init: RequestInit): Promise<{ ok: boolean; status: number; text: string }> {
	try {
		const signal = AbortSignal.timeout(answerWithinMs);
		const answer = await fetch(new URL("/oauth/token", login), { ...init, redirect: "error", signal });
		return { ok: answer.ok, status: answer.status, text: await answer.text() };
	} catch (error) {
		throw new StartError("config.invalid", `${login} does not answer (${causeOf(error)}). Is the address right?`);
	}
}

/** Undefined where it is no answer of ours, such as a page. */
function tokenIn(text: string): string | undefined {
	try {
		const { access_token: token } = JSON.parse(text) as { access_token?: unknown };
		return typeof token === "string" ? token : undefined;
	} catch {
		return undefined;
	}
}
