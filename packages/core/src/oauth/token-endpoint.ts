import { panelClientId, tokenExchange } from "@inlay/contract";
import type { Config } from "../kernel/config/config.ts";
import { Answer } from "../kernel/http/route.ts";
import type { Refusal as SignInRefused } from "../users/sign-in/refusals.ts";
import type { Users } from "../users/users.ts";
import type { Clients } from "./clients.ts";
import type { OAuthClient } from "./model.ts";
import { isPanelPage, type PanelTokens, panelClient } from "./panel-tokens.ts";
import type { IssuedToken, Redemption, Refusal } from "./redemption.ts";
import { secretMatches } from "./secrets.ts";
import { readSessionCookie } from "./session-cookie.ts";
import type { SignInSessions } from "./sign-in-sessions.ts";
import type { Tokens } from "./tokens.ts";

/** What arrives at `POST /oauth/token`. */
export interface TokenRequest {
	/** The Authorization header, if any. */
	authorization: string | undefined;
	/** Form or JSON fields; anything else counts as none. */
	body: unknown;
	ipAddress: string;
	/** The request's cookies. */
	cookie: string | undefined;
	/** Page that asks, as the browser says. */
	origin: string | undefined;
}

/** Grant by which the panel goes on without a word (decision 27): an access token of its own and the session's cookie. */
const sessionGrant = "urn:inlay:sign-in-session";

/** All that an exchange may say; whoever wants more than it gives is told. */
const exchangeFields: ReadonlySet<string> = new Set([
	"grant_type",
	"client_id",
	"subject_token",
	"subject_token_type",
	"requested_token_type",
	"panel_verifier",
]);

/** Who asks for a token, and whether it has proven its secret. */
interface Asking {
	client: OAuthClient;
	authenticated: boolean;
}

/** What operators should see of a refusal beside its name. */
type About = Partial<Pick<SignInRefused, "reason" | "detail" | "clientId" | "userId">>;

/** A refusal on its way to the answer. */
class Refused extends Error {
	readonly error: Refusal["error"];
	readonly about: About;
	constructor(error: Refusal["error"], text: string, about: About = {}) {
		super(text);
		this.error = error;
		this.about = about;
	}
}

/**
 * `POST /oauth/token` (platform-api 1.2, 2.1): every refusal is a 400 with `error` and twice its description, and is told to
 * operators.
 */
export function createTokenEndpoint(deps: {
	clients: Clients;
	tokens: Tokens;
	users: Users;
	signInSessions: SignInSessions;
	panelTokens: PanelTokens;
	/** Origins of the server and of the panel. */
	config: Pick<Config, "publicUrl" | "panelUrl">;
}) {
	const { clients, tokens, users, signInSessions, panelTokens, config } = deps;
	const { refusals } = users.authentication;

	async function answer(request: TokenRequest): Promise<Answer> {
		try {
			await requireAddress(request.ipAddress);
			return tokenAnswer(await redeem(request));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			const { ipAddress: address } = request;
			// A browser that keeps no cookies in frames is no trouble to anybody.
			if (error.error !== "login_required")
				await refusals.record({ reason: "malformed-request", detail: error.error, ...error.about, address });
			return refusalAnswer(error);
		}
	}

	async function redeem(request: TokenRequest): Promise<IssuedToken> {
		const fields = readFields(request.body);
		switch (fields.get("grant_type")) {
			case "authorization_code":
				return redeemCode(request, fields);
			case "refresh_token":
				return refresh(request, fields);
			case "client_credentials":
				return clientCredentials(request, fields);
			case sessionGrant:
				return goOn(request, fields);
			case tokenExchange.grant:
				return exchange(request, fields);
			case undefined:
				throw new Refused("invalid_request", "grant_type is missing.");
			default:
				throw new Refused(
					"unsupported_grant_type",
					"grant_type must be authorization_code, refresh_token or client_credentials.",
				);
		}
	}

	async function redeemCode(request: TokenRequest, fields: Fields): Promise<IssuedToken> {
		const code = required(fields, "code");
		const { client, authenticated } = await asking(request, fields);
		if (client.grantType === "CLIENT-CREDENTIALS") throw wrongGrant(client);
		const verifier = fields.get("code_verifier");
		if (!authenticated && verifier === undefined) {
			const about = { reason: "client-credentials", detail: "nothing-sent", clientId: client.id } as const;
			throw new Refused("invalid_client", "Send the client's secret, or the code_verifier of PKCE.", about);
		}
		const { ipAddress } = request;
		const redirectUri = fields.get("redirect_uri");
		const wanted = { client, authenticated, code, redirectUri, verifier, ipAddress };
		return issuedOf(client, await tokens.redeemCode(wanted));
	}

	async function refresh(request: TokenRequest, fields: Fields): Promise<IssuedToken> {
		const refreshToken = required(fields, "refresh_token");
		const { client, authenticated } = await asking(request, fields);
		if (client.grantType !== "CODE") throw wrongGrant(client);
		const renewal = { client, authenticated, refreshToken, ipAddress: request.ipAddress };
		return issuedOf(client, await tokens.refresh(renewal));
	}

	/** The same as `prompt=none`, for the panel's own page: it needs no frame of the sign-in page inside the panel's. */
	async function goOn({ cookie, origin, ipAddress }: TokenRequest, fields: Fields): Promise<IssuedToken> {
		const token = required(fields, "token");
		// Browsers always say it of a request across origins; nobody else has a session to go on with.
		if (origin !== config.panelUrl) throw new Refused("invalid_request", "Only the panel's own page may ask for this.");
		const isOf = ({ redirectUri }: { redirectUri: string }) => isPanelPage(redirectUri, config);
		const wanted = { secret: readSessionCookie(cookie), isOf };
		const result = await signInSessions.renew(wanted, { token, ipAddress, findClient: clients.find });
		if ("given" in result) return result.given;
		const { not, clientId, userId } = result;
		if (not === "none") throw new Refused("login_required", "Nobody goes on here without being asked. Sign in again.");
		const about = { reason: not.reason, ...(clientId ? { clientId } : {}), ...(userId ? { userId } : {}) };
		throw new Refused("invalid_grant", not.text, about);
	}

	/** The panel's own token for its deployment's (RFC 8693): for the panel's page alone, which proves that it began the sign-in. */
	async function exchange(request: TokenRequest, fields: Fields): Promise<IssuedToken> {
		const { authorization, origin, ipAddress } = request;
		const isPanel = fields.get("client_id") === panelClientId && origin === config.panelUrl;
		if (!isPanel || authorization !== undefined || fields.has("client_secret")) {
			const text = "Only the panel's own page exchanges tokens here.";
			throw new Refused("unauthorized_client", text, { reason: "wrong-grant", clientId: panelClientId });
		}
		const unknown = [...fields.keys()].find((name) => !exchangeFields.has(name));
		if (unknown !== undefined)
			throw new Refused("invalid_request", `${unknown.slice(0, 50)} is nothing that an exchange here takes.`);
		for (const name of ["subject_token_type", "requested_token_type"]) {
			const type = fields.get(name) ?? (name === "requested_token_type" ? tokenExchange.accessToken : undefined);
			if (type !== tokenExchange.accessToken)
				throw new Refused("invalid_request", `${name} must be ${tokenExchange.accessToken}.`);
		}
		const wanted = { subjectToken: required(fields, "subject_token"), verifier: required(fields, "panel_verifier") };
		const issued = issuedOf(panelClient, await panelTokens.exchange({ ...wanted, ipAddress }));
		return { ...issued, issuedType: tokenExchange.accessToken };
	}

	async function clientCredentials(request: TokenRequest, fields: Fields): Promise<IssuedToken> {
		const { client } = await authenticatedOnly(request, fields);
		if (client.grantType !== "CLIENT-CREDENTIALS") throw wrongGrant(client);
		return tokens.issue(client, null, request.ipAddress);
	}

	async function authenticatedOnly(request: TokenRequest, fields: Fields): Promise<Asking> {
		const found = await asking(request, fields);
		if (!found.authenticated) throw invalidClient("no-secret", found.client);
		return found;
	}

	/** The organization's `ipAddressAllowlist` holds for clients as it does for people. */
	async function requireAddress(address: string): Promise<void> {
		if (await users.organization.allowsAddress(address)) return;
		const text = "The organization does not let anybody sign in from this address.";
		throw new Refused("access_denied", text, { reason: "address-not-allowed" });
	}

	/** Names an unknown client, a wrong secret and a client out of use alike: nobody learns which ids exist. */
	async function asking(request: TokenRequest, fields: Fields): Promise<Asking> {
		const sent = readCredentials(request.authorization, fields);
		const client = await clients.find(sent.id);
		const authenticated = sent.secret !== undefined && secretMatches(sent.secret, client?.secretHash ?? null);
		if (client?.state === "active" && (sent.secret === undefined || authenticated)) return { client, authenticated };
		throw invalidClient(
			!client ? "unknown-client" : client.state === "active" ? "wrong-secret" : "disabled-client",
			client,
		);
	}

	return { answer };
}

type Fields = ReadonlyMap<string, string>;

/** Only text counts; a repeated form field is no text, so it is as good as missing (RFC 6749, 3.2). */
function readFields(body: unknown): Fields {
	if (typeof body !== "object" || body === null || Array.isArray(body)) return new Map();
	const entries = Object.entries(body).filter(
		(entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
	);
	return new Map(entries);
}

function required(fields: Fields, name: string): string {
	const value = fields.get(name);
	if (value === undefined) throw new Refused("invalid_request", `${name} is missing.`);
	return value;
}

/** By HTTP Basic or in the body; the header wins, but must not contradict the body. */
function readCredentials(authorization: string | undefined, fields: Fields): { id: string; secret?: string } {
	const basic = readBasic(authorization);
	const clientId = fields.get("client_id");
	if (basic) {
		if (clientId !== undefined && clientId !== basic.id) {
			throw new Refused("invalid_request", "client_id differs from the Authorization header.");
		}
		return basic;
	}
	if (clientId === undefined) throw invalidClient("no-client");
	const secret = fields.get("client_secret");
	return { id: clientId, ...(secret === undefined ? {} : { secret }) };
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
	if (!authorization) return undefined;
	const encoded = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1];
	const decoded = Buffer.from(encoded ?? "", "base64").toString("utf8");
	const colon = decoded.indexOf(":");
	if (colon < 1) throw invalidClient("no-client");
	return { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

/** @param detail for operators alone: whoever asks is told the same of all */
function invalidClient(detail: string, client?: OAuthClient): Refused {
	const about = { reason: "client-credentials", detail, ...(client ? { clientId: client.id } : {}) } as const;
	return new Refused("invalid_client", "The client is not known or its authentication failed.", about);
}

function wrongGrant({ id, grantType }: OAuthClient): Refused {
	const text = `This client is registered for the grant ${grantType} only.`;
	return new Refused("unauthorized_client", text, { reason: "wrong-grant", clientId: id });
}

/** What was redeemed, or its refusal. */
function issuedOf(client: OAuthClient, redemption: Redemption): IssuedToken {
	if ("issued" in redemption) return redemption.issued;
	const { error, text, reason, userId, detail, clientId } = redemption.refusal;
	const about = { ...(userId ? { userId } : {}), ...(detail ? { detail } : {}) };
	throw new Refused(error, text, { reason, clientId: clientId ?? client.id, ...about });
}

/** RFC 6749, 5.1: nobody on the way may keep it. */
const neverStored = { "cache-control": "no-store", pragma: "no-cache", "content-type": "application/json" };

function tokenAnswer(issued: IssuedToken): Answer {
	const body = {
		access_token: issued.accessToken,
		token_type: "bearer",
		expires_in: issued.expiresIn,
		...(issued.issuedType ? { issued_token_type: issued.issuedType } : {}),
		...(issued.refreshToken ? { refresh_token: issued.refreshToken } : {}),
	};
	return new Answer(200, body, neverStored);
}

function refusalAnswer({ error, message }: Refused): Answer {
	return new Answer(400, { error, description: message, error_description: message }, neverStored);
}
