import { challengeOf, panelClientId, randomToken, readTokenAnswer, tokenExchange } from "@inlay/contract";
import { ownFetch } from "../session/own-fetch.ts";
import { type KeyValue, readJson } from "./storage.ts";

/** A signed-in user's token. */
export interface Token {
	accessToken: string;
	/** Milliseconds since 1970 by this browser's clock, which may be wrong: a hint, the server judges. */
	expiresAt: number;
	/** Brings another token without a word; only the code grant has one. */
	refreshToken?: string;
	/** The client that it was given to, which alone may renew it. */
	clientId?: string;
	/** What the panel's page has kept of the sign-in: with it the token is exchanged for one of the panel's own. */
	proof?: string;
}

/** What a sign-in was started with, until its answer comes back. */
export interface PendingSignIn {
	state: string;
	clientId: string;
	redirectUri: string;
	grant: "code" | "token";
	/** PKCE verifier; unused by the implicit grant. */
	verifier: string;
	/** See {@link Token}. */
	proof?: string;
	/** The whole address of the panel, which the redirect URI replaces for a moment. */
	panelUrl: string;
	/** The identity provider that was asked for, if any. */
	provider?: string;
}

/** Where to sign in, and how. */
export interface SignInPlan {
	base: string;
	clientId: string;
	grant: "code" | "token";
	redirectUri: string;
	panelUrl: string;
	/** Skips the sign-in form towards this identity provider; both or none (platform-api 1.2). */
	provider?: string;
	orgName?: string;
	/** Who is expected to sign in. */
	loginHint?: string;
}

/** What came back to the redirect URI. */
export type SignInResult =
	| { state: string; code: string }
	| { state: string; accessToken: string; expiresIn: number }
	| { state: string; error: string; description: string };

/** A sign-in that ended without a token. `code` is the OAuth error or one of ours. */
export class SignInError extends Error {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

const pendingKey = (state: string) => `inlay.signin.${state}`;

/** Remembers a new sign-in and gives the address to go to. */
export async function beginSignIn(plan: SignInPlan, store: KeyValue): Promise<{ url: string; pending: PendingSignIn }> {
	const pending: PendingSignIn & { proof: string } = {
		state: randomToken(24),
		clientId: plan.clientId,
		redirectUri: plan.redirectUri,
		grant: plan.grant,
		verifier: randomToken(),
		proof: randomToken(),
		panelUrl: plan.panelUrl,
	};
	const byProvider = Boolean(plan.provider && plan.orgName);
	if (byProvider) pending.provider = plan.provider;
	store.setItem(pendingKey(pending.state), JSON.stringify(pending));
	const url = new URL(`${plan.base}/oauth/authorize`);
	url.searchParams.set("client_id", plan.clientId);
	url.searchParams.set("redirect_uri", plan.redirectUri);
	url.searchParams.set("response_type", plan.grant);
	url.searchParams.set("state", pending.state);
	url.searchParams.set("panel_challenge", await challengeOf(pending.proof));
	if (plan.grant === "code") {
		url.searchParams.set("code_challenge", await challengeOf(pending.verifier));
		url.searchParams.set("code_challenge_method", "S256");
	}
	if (byProvider) {
		url.searchParams.set("provider", plan.provider ?? "");
		url.searchParams.set("org", plan.orgName ?? "");
	}
	if (plan.loginHint) url.searchParams.set("login_hint", plan.loginHint);
	return { url: url.href, pending };
}

/** The sign-in that `state` belongs to; it can be taken once. */
export function takePending(state: string, store: KeyValue): PendingSignIn | undefined {
	const pending = readJson<PendingSignIn>(
		store,
		pendingKey(state),
		(value) => value.state === state && typeof value.panelUrl === "string",
	);
	store.removeItem(pendingKey(state));
	return pending;
}

/** Reads a sign-in's answer from an address: query for the code grant, fragment for the implicit one (platform-api 1.2). */
export function readSignInResult(search: string, hash: string): SignInResult | undefined {
	const query = new URLSearchParams(search);
	const fragment = new URLSearchParams(hash.replace(/^#/, ""));
	const value = (name: string) => fragment.get(name) ?? query.get(name);
	const state = value("state");
	if (!state) return undefined;
	const [code, accessToken, error] = [query.get("code"), fragment.get("access_token"), value("error")];
	if (error) return { state, error, description: value("error_description") ?? "" };
	if (accessToken) return { state, accessToken, expiresIn: Number(fragment.get("expires_in")) || 0 };
	return code ? { state, code } : undefined;
}

/** Turns an answer into a token; a code is exchanged at the token endpoint. */
export async function redeem(result: SignInResult, pending: PendingSignIn, base: string, now: number): Promise<Token> {
	if ("error" in result) throw new SignInError(result.error, result.description || result.error);
	const proof = pending.proof === undefined ? {} : { proof: pending.proof };
	if ("accessToken" in result) return { ...tokenOf(result.accessToken, result.expiresIn, now), ...proof };
	const body = new URLSearchParams({
		grant_type: "authorization_code",
		code: result.code,
		code_verifier: pending.verifier,
		client_id: pending.clientId,
		redirect_uri: pending.redirectUri,
	});
	return { ...(await askForToken(base, body, now)), ...proof };
}

/** Gets another token for one that is about to end. Rejects with SignInError; its code is `network` where no answer came. */
export async function exchange(token: Token, base: string, now: number): Promise<Token> {
	const body = new URLSearchParams({
		grant_type: "refresh_token",
		refresh_token: token.refreshToken ?? "",
		client_id: token.clientId ?? "",
	});
	return askForToken(base, body, now);
}

/**
 * Gets another token by the browser's sign-in session, whose cookie no script sees. Rejects with SignInError, `network` as
 * above; where the browser keeps no cookie for this frame there is no session.
 */
export async function goOn(token: Token, base: string, now: number): Promise<Token> {
	const body = new URLSearchParams({ grant_type: "urn:inlay:sign-in-session", token: token.accessToken });
	return askForToken(base, body, now, { credentials: "include" });
}

/**
 * The panel's own token for the deployment's (RFC 8693, decision 33): it opens what the panel's features need beyond the
 * deployment's client, and is handed to nobody. Rejects with SignInError, `network` as above.
 */
export async function exchangeForOwn({ accessToken, proof = "" }: Token, base: string, now: number): Promise<Token> {
	const body = new URLSearchParams({
		grant_type: tokenExchange.grant,
		client_id: panelClientId,
		subject_token: accessToken,
		subject_token_type: tokenExchange.accessToken,
		panel_verifier: proof,
	});
	return askForToken(base, body, now);
}

async function askForToken(base: string, body: URLSearchParams, now: number, more: RequestInit = {}): Promise<Token> {
	const answer = await ownFetch(`${base}/oauth/token`, { ...more, method: "POST", body }).catch(() => undefined);
	const json = answer && (await readTokenAnswer(answer));
	if (!json) throw new SignInError("network", "The server did not answer.");
	if (typeof json.access_token !== "string")
		throw new SignInError(String(json.error), String(json.error_description ?? ""));
	const token = tokenOf(json.access_token, Number(json.expires_in), now);
	if (typeof json.refresh_token !== "string") return token;
	return { ...token, refreshToken: json.refresh_token, clientId: body.get("client_id") ?? "" };
}

function tokenOf(accessToken: string, expiresIn: number, now: number): Token {
	return { accessToken, expiresAt: now + (expiresIn > 0 ? expiresIn : 86_400) * 1000 };
}
