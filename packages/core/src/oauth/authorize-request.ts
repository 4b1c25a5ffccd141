import { redirectPolicy } from "../kernel/http/security-headers.ts";
import type { Refusal } from "../users/sign-in/refusals.ts";
import type { OAuthClient } from "./model.ts";
import { isRegistered } from "./redirect-uri.ts";

/** A request to sign in that may be shown to a user and answered at its redirect URI. */
export interface AuthorizeRequest {
	clientId: string;
	redirectUri: string;
	responseType: "code" | "token";
	state?: string;
	/** S256 challenge. */
	challenge?: string;
	/** S256 challenge of the panel's page, by which it exchanges what it gets for a token of its own (decision 33). */
	panelChallenge?: string;
	loginHint?: string;
	/** The client wants the user to sign in by hand. */
	promptLogin: boolean;
	/** The client wants an answer at once, from the sign-in session or none: nobody is shown anything. */
	promptNone: boolean;
	/** The identity provider that the client names, and what it calls this organization (`loginImplicitGrant`, platform-api 1.2). */
	provider?: string;
	orgName?: string;
	/** The sign-in is in a window beside the frame that is to go on with what comes of it. */
	inWindow?: boolean;
}

/** A problem that must not leave this server: who would be told is exactly what is not certain. */
export interface PageProblem {
	kind: "page";
	problem: "client" | "redirect" | "request";
	/** For operators. */
	refusal: RefusedRequest;
}

/** A refusal that the client is told at its redirect URI (platform-api 1.2.4). */
export interface RedirectProblem {
	kind: "redirect";
	location: string;
	/** For operators. */
	refusal: RefusedRequest;
}

/** Why a request was refused, as operators should see it. */
export type RefusedRequest = Pick<Refusal, "reason" | "clientId" | "detail">;

export type ReadAuthorize =
	| { kind: "request"; request: AuthorizeRequest; client: OAuthClient }
	| PageProblem
	| RedirectProblem;

type Query = Record<string, string | string[] | undefined>;

/** Checks a query of `/oauth/authorize`: client and redirect URI first, then the rest. */
export async function readAuthorizeRequest(
	query: Query,
	findClient: (id: string) => Promise<OAuthClient | undefined>,
): Promise<ReadAuthorize> {
	// A parameter that comes twice means different things to different readers: refused (RFC 6749, 3.1).
	if (Object.values(query).some(Array.isArray)) {
		return { kind: "page", problem: "request", refusal: { reason: "malformed-request", detail: "repeated-parameter" } };
	}
	const sent = query as Record<string, string | undefined>;
	const client = await findClient(sent.client_id ?? "");
	const unfit = unfitClient(client, sent.client_id);
	if (!client || unfit) return { kind: "page", problem: "client", refusal: unfit ?? { reason: "unknown-client" } };
	const redirectUri = sent.redirect_uri;
	if (!isRegistered(client.redirectUris, redirectUri)) {
		return { kind: "page", problem: "redirect", refusal: unregistered(client, redirectUri) };
	}
	const refusal = refuse(sent, client);
	if (refusal) {
		const [error, text] = refusal;
		const target = { redirectUri, responseType: sent.response_type, state: sent.state };
		const reason = error === "unauthorized_client" ? "wrong-grant" : "malformed-request";
		const location = errorLocation(target, error, text);
		return { kind: "redirect", location, refusal: { reason, detail: error, clientId: client.id } };
	}
	return { kind: "request", client, request: toRequest(sent, client, redirectUri) };
}

/** Why nobody can sign in to this client; undefined where they can. @param asked the id as it was sent */
export function unfitClient(client: OAuthClient | undefined, asked: string | undefined): RefusedRequest | undefined {
	// An id that is nobody's may be anything: only what looks like one is told.
	if (!client) return { reason: "unknown-client", ...(/^[\da-f-]{36}$/i.test(asked ?? "") ? { detail: asked } : {}) };
	if (client.state !== "active") return { reason: "disabled-client", clientId: client.id };
	return client.grantType === "CLIENT-CREDENTIALS" ? { reason: "wrong-grant", clientId: client.id } : undefined;
}

/** Where somebody wanted to be sent who may not be: without what stands in the address, which may be secret. */
export function unregistered({ id }: OAuthClient, redirectUri: string | undefined): RefusedRequest {
	const url = URL.parse(redirectUri ?? "");
	const detail = url ? `${url.origin}${url.pathname}`.slice(0, 200) : "none";
	return { reason: "unregistered-redirect", clientId: id, detail };
}

function toRequest(
	sent: Record<string, string | undefined>,
	client: OAuthClient,
	redirectUri: string,
): AuthorizeRequest {
	return {
		clientId: client.id,
		redirectUri,
		responseType: sent.response_type === "token" ? "token" : "code",
		promptLogin: sent.prompt?.split(" ").includes("login") ?? false,
		promptNone: sent.prompt === "none",
		...(sent.state === undefined ? {} : { state: sent.state }),
		...(sent.code_challenge ? { challenge: sent.code_challenge } : {}),
		...(sent.panel_challenge ? { panelChallenge: sent.panel_challenge } : {}),
		...(sent.login_hint ? { loginHint: sent.login_hint.slice(0, 254) } : {}),
		...(sent.provider ? { provider: sent.provider.slice(0, 100) } : {}),
		...((sent.org ?? sent.orgName) ? { orgName: (sent.org ?? sent.orgName ?? "").slice(0, 200) } : {}),
		...(sent.window === "1" ? { inWindow: true } : {}),
	};
}

/** The first thing that is wrong, as error and description; undefined when nothing is. */
function refuse(sent: Record<string, string | undefined>, client: OAuthClient): [string, string] | undefined {
	const { response_type: type, code_challenge: challenge, code_challenge_method: method } = sent;
	if (!type) return ["invalid_request", "response_type is missing."];
	if (type !== "code" && type !== "token") return ["unsupported_response_type", "response_type must be code or token."];
	if (type === "token" && client.grantType !== "TOKEN") {
		return ["unauthorized_client", "This client is not registered for the implicit grant; use response_type=code."];
	}
	if (type === "code" && client.grantType === "TOKEN" && !challenge) {
		return ["invalid_request", "Without a secret this client needs PKCE: send code_challenge."];
	}
	// The way of an answer follows from its type; none other is there (OAuth 2.0 Multiple Response Types, 2.1).
	const mode = type === "token" ? "fragment" : "query";
	if (sent.response_mode !== undefined && sent.response_mode !== mode)
		return ["invalid_request", `response_mode must be ${mode} with response_type=${type}.`];
	if (sent.panel_challenge !== undefined && !isChallenge(sent.panel_challenge))
		return ["invalid_request", "panel_challenge must be the base64url of a SHA-256."];
	if (challenge !== undefined && method !== "S256") return ["invalid_request", "code_challenge_method must be S256."];
	if (challenge !== undefined && !isChallenge(challenge)) {
		return ["invalid_request", "code_challenge must be the base64url of a SHA-256."];
	}
	return refusePrompt(sent.prompt?.split(" ") ?? []);
}

function isChallenge(text: string): boolean {
	return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** `prompt` as OpenID Connect says (Core 1.0, 3.1.2.1). There is no consent to ask for. */
function refusePrompt(prompts: readonly string[]): [string, string] | undefined {
	if (!prompts.includes("none") || prompts.length === 1) return undefined;
	return ["invalid_request", "prompt=none stands alone."];
}

/** The request as its client made it, for a page that begins it again. @param changes what is said otherwise, or beside it */
export function authorizeQuery(request: AuthorizeRequest, changes: Readonly<Record<string, string>> = {}): string {
	const { challenge, panelChallenge, loginHint, state } = request;
	const query = new URLSearchParams({
		client_id: request.clientId,
		redirect_uri: request.redirectUri,
		response_type: request.responseType,
		...(state === undefined ? {} : { state }),
		...(challenge ? { code_challenge: challenge, code_challenge_method: "S256" } : {}),
		...(panelChallenge ? { panel_challenge: panelChallenge } : {}),
		...(loginHint ? { login_hint: loginHint } : {}),
		...(request.promptLogin ? { prompt: "login" } : {}),
		...(request.inWindow ? { window: "1" } : {}),
		...changes,
	});
	return query.toString();
}

interface Target {
	redirectUri: string;
	responseType?: string | undefined;
	state?: string | undefined;
}

/** Where the client is told that it failed: in the fragment for the implicit grant, else in the query. */
export function errorLocation(target: Target, error: string, description: string): string {
	return locationOf(target, { error, error_description: description });
}

/** The redirect URI with the answer appended. Spaces travel as `%20`: not every reader knows the plus sign. */
export function locationOf(
	{ redirectUri, responseType, state }: Target,
	answer: Record<string, string | number>,
): string {
	const fields = state === undefined ? answer : { ...answer, state };
	const text = Object.entries(fields)
		.map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
		.join("&");
	if (responseType === "token") return `${redirectUri}#${text}`;
	return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${text}`;
}

/** Headers of an answer by redirect. */
export function redirectHeaders(location: string): Record<string, string> {
	return { location, "content-security-policy": redirectPolicy };
}
