import { bundledClientId, challengeOf, randomToken, readTokenAnswer } from "@inlay/contract";

/** A signed-in administrator's token. */
export interface Token {
	accessToken: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** What a sign-in is started with, until its answer comes back. */
interface PendingSignIn {
	state: string;
	verifier: string;
	/** Screen to return to, as the address's fragment. */
	screen: string;
}

/** The part of `Storage` that sign-in uses. */
export type KeyValue = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** How a sign-in came back: with a token and the screen to show, not at all, or refused. */
export type SignInOutcome =
	| { kind: "signed-in"; token: Token; screen: string }
	| { kind: "none" }
	| { kind: "refused"; code: string; text: string };

const pendingKey = "inlay.console.signin";
const tokenKey = "inlay.console.token";

/** The registered redirect URI of the console (the bundled client's). */
export const redirectUri = (origin: string) => `${origin}/admin/`;

/**
 * Remembers a new sign-in (code with PKCE, platform-api 1.2) and gives the address to go to.
 * @param loginHint user name that the sign-in page starts with
 */
export async function beginSignIn(
	origin: string,
	screen: string,
	store: KeyValue,
	loginHint?: string,
): Promise<string> {
	const pending: PendingSignIn = { state: randomToken(24), verifier: randomToken(), screen };
	store.setItem(pendingKey, JSON.stringify(pending));
	const query = new URLSearchParams({
		client_id: bundledClientId,
		redirect_uri: redirectUri(origin),
		response_type: "code",
		state: pending.state,
		code_challenge: await challengeOf(pending.verifier),
		code_challenge_method: "S256",
	});
	if (loginHint) query.set("login_hint", loginHint);
	return `${origin}/oauth/authorize?${query}`;
}

/** Reads the answer from the address's query and redeems its code. A sign-in can be finished once. */
export async function finishSignIn(
	origin: string,
	search: string,
	store: KeyValue,
	now: number,
): Promise<SignInOutcome> {
	const query = new URLSearchParams(search);
	const state = query.get("state");
	if (!state) return { kind: "none" };
	const pending = readJson<PendingSignIn>(store, pendingKey);
	store.removeItem(pendingKey);
	if (pending?.state !== state) return { kind: "refused", code: "stale", text: "" };
	const error = query.get("error");
	if (error) return { kind: "refused", code: error, text: query.get("error_description") ?? "" };
	return redeem(origin, query.get("code") ?? "", pending, now);
}

async function redeem(origin: string, code: string, pending: PendingSignIn, now: number): Promise<SignInOutcome> {
	const body = new URLSearchParams({
		grant_type: "authorization_code",
		code,
		code_verifier: pending.verifier,
		client_id: bundledClientId,
		redirect_uri: redirectUri(origin),
	});
	const answer = await fetch(`${origin}/oauth/token`, { method: "POST", body }).catch(() => undefined);
	const json = answer && (await readTokenAnswer(answer));
	if (!json) return { kind: "refused", code: "network", text: "" };
	if (typeof json.access_token !== "string") {
		return { kind: "refused", code: String(json.error ?? ""), text: String(json.error_description ?? "") };
	}
	const expiresAt = now + (Number(json.expires_in) || 3600) * 1000;
	return { kind: "signed-in", token: { accessToken: json.access_token, expiresAt }, screen: pending.screen };
}

/** The token that this tab keeps; one that has expired is forgotten. */
export function readToken(store: KeyValue, now: number): Token | undefined {
	const token = readJson<Token>(store, tokenKey);
	if (typeof token?.accessToken === "string" && Number(token.expiresAt) > now) return token;
	store.removeItem(tokenKey);
	return undefined;
}

export function writeToken(store: KeyValue, token: Token | undefined): void {
	if (token) store.setItem(tokenKey, JSON.stringify(token));
	else store.removeItem(tokenKey);
}

/** Reads JSON that we wrote ourselves; anything else counts as absent. */
function readJson<T>(store: KeyValue, key: string): T | undefined {
	try {
		return JSON.parse(store.getItem(key) ?? "null") ?? undefined;
	} catch {
		return undefined;
	}
}
