import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import * as client from "openid-client";
import { isLoopback } from "../kernel/config/config-addresses.ts";
import { unbracketed } from "../kernel/outgoing/host-names.ts";
import type { Outgoing } from "../kernel/outgoing/outgoing.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { isAway, isJudgement, wordsOf } from "./causes.ts";
import { readPerson } from "./claims.ts";
import { type ClaimNames, type IdentityProvider, type OidcTrust, type Person, SsoRefused } from "./model.ts";
import { outgoingFetch } from "./outgoing-fetch.ts";
import type { RoundTrip } from "./round-trip.ts";

/** Clocks of this server and a provider may differ by so much, in seconds. */
const clockToleranceSeconds = 60;
/** What a provider says of itself is good for so long, ms; a key that is not known is asked for at once. */
const discoveredForMs = 10 * 60_000;
/** A provider that is away is not asked again for each person who comes. */
const failedForMs = 10_000;

interface Discovered {
	metadata: client.ServerMetadata;
	jwks?: client.ExportedJWKSCache;
	/** For what the provider sends by itself; asked for a key that is not known at most twice a minute. */
	keys?: JWTVerifyGetKey;
}

/** A provider that speaks OpenID Connect: the authorization code with PKCE, `state` and `nonce` (Core 1.0, 3.1; RFC 9700). */
export function createOidc(parts: { outgoing: Outgoing; clock: Clock; callbackUri: string }) {
	const { clock, callbackUri } = parts;
	const ask = outgoingFetch(parts.outgoing);
	const discovered = new Map<string, { found: Promise<Discovered>; until: number }>();

	/**
	 * Everybody who comes while a provider is being asked waits for the one answer.
	 * @throws SsoRefused `sso-unreachable` in words that say what the provider answered
	 */
	function discover(trust: OidcTrust): Promise<Discovered> {
		const known = discovered.get(trust.issuer);
		if (known && known.until > clock.now().getTime()) return known.found;
		const asked = { found: askFor(trust), until: Number.POSITIVE_INFINITY };
		const goodFor = (ms: number) => () => {
			asked.until = clock.now().getTime() + ms;
		};
		asked.found.then(goodFor(discoveredForMs), goodFor(failedForMs));
		discovered.set(trust.issuer, asked);
		return asked.found;
	}

	async function askFor(trust: OidcTrust): Promise<Discovered> {
		const issuer = new URL(trust.issuer);
		const found = await client
			.discovery(issuer, trust.clientId, undefined, client.None(), {
				[client.customFetch]: ask,
				execute: allowances(issuer),
			})
			.catch((cause: unknown) => {
				throw discoveryFailed(cause);
			});
		const metadata = found.serverMetadata();
		requireBrowserAddress(metadata.authorization_endpoint, "authorization_endpoint");
		if (metadata.end_session_endpoint !== undefined)
			requireBrowserAddress(metadata.end_session_endpoint, "end_session_endpoint");
		return { metadata };
	}

	/** With the clock that the server goes by, which tests set and operators step. */
	function configured(trust: OidcTrust, found: Discovered): client.Configuration {
		const skew = Math.round((clock.now().getTime() - Date.now()) / 1000);
		const rules = { [client.clockTolerance]: clockToleranceSeconds, [client.clockSkew]: skew };
		const config = new client.Configuration(found.metadata, trust.clientId, rules, authentication(trust, found));
		config[client.customFetch] = ask;
		// Also a token that came straight from the provider has to be signed by it.
		client.enableNonRepudiationChecks(config);
		for (const allow of allowances(new URL(trust.issuer))) allow(config);
		if (found.jwks) client.setJwksCache(config, found.jwks);
		return config;
	}

	/** Where the browser goes. @throws SsoRefused */
	async function begin(trust: OidcTrust, trip: RoundTrip, state: string): Promise<string> {
		const config = configured(trust, await discover(trust));
		const hint = trip.request?.loginHint;
		const challenge = await client.calculatePKCECodeChallenge(trip.verifier);
		const query = {
			redirect_uri: callbackUri,
			scope: trust.scopes.join(" "),
			state,
			nonce: trip.nonce,
			code_challenge: challenge,
			code_challenge_method: "S256",
			...(hint ? { login_hint: hint } : {}),
			...(trip.request?.promptLogin ? { prompt: "login" } : {}),
		};
		return addressOf(() => client.buildAuthorizationUrl(config, query));
	}

	/**
	 * Who has come back, proven by the provider's signature.
	 * @param query of the callback's address
	 * @throws SsoRefused
	 */
	async function finish(
		trust: OidcTrust,
		claims: ClaimNames,
		trip: RoundTrip,
		{ state, query }: { state: string; query: URLSearchParams },
	): Promise<Person> {
		const found = await discover(trust);
		const config = configured(trust, found);
		const came = new URL(`${callbackUri}?${query}`);
		try {
			const tokens = await client.authorizationCodeGrant(config, came, {
				pkceCodeVerifier: trip.verifier,
				expectedState: state,
				expectedNonce: trip.nonce,
				idTokenExpected: true,
			});
			const told = tokens.claims();
			if (!told) throw new SsoRefused("sso-not-proven", { detail: "no ID token" });
			const more = lacks(told, claims) ? await userInfo(config, tokens.access_token, told.sub) : {};
			const person = readPerson([told, more], claims, { issuer: told.iss, subject: told.sub });
			return { ...person, ...(tokens.id_token ? { idToken: tokens.id_token } : {}) };
		} catch (error) {
			throw refusalOf(error);
		} finally {
			const jwks = client.getJwksCache(config);
			if (jwks) found.jwks = jwks;
		}
	}

	/** Many providers tell addresses and groups only there. */
	async function userInfo(config: client.Configuration, token: string, subject: string) {
		if (!config.serverMetadata().userinfo_endpoint) return {};
		return client.fetchUserInfo(config, token, subject);
	}

	/** Where the provider signs people out; undefined where it has no such address. */
	async function signOutAddress(
		trust: OidcTrust,
		{ idToken, returnTo, state }: { idToken?: string; returnTo: string; state: string },
	): Promise<string | undefined> {
		const found = await discover(trust);
		if (!found.metadata.end_session_endpoint) return undefined;
		const query = { post_logout_redirect_uri: returnTo, state, ...(idToken ? { id_token_hint: idToken } : {}) };
		return addressOf(() => client.buildEndSessionUrl(configured(trust, found), query));
	}

	/** By what the provider signs. @throws SsoRefused `sso-unreachable` */
	async function keysOf(trust: OidcTrust): Promise<JWTVerifyGetKey> {
		const found = await discover(trust);
		const address = URL.parse(found.metadata.jwks_uri ?? "");
		if (!address) throw new SsoRefused("sso-unreachable", { detail: "discovery jwks_uri is no address" });
		found.keys ??= createRemoteJWKSet(address, {
			[customFetch]: (url, { method, headers }) => ask(url, { method, headers: Object.fromEntries(headers) }),
		});
		return found.keys;
	}

	return {
		begin,
		finish,
		signOutAddress,
		keysOf,
		/** Asks the provider what it says of itself, anew. @throws SsoRefused */
		async check(trust: OidcTrust) {
			discovered.delete(trust.issuer);
			const { metadata } = await discover(trust);
			return {
				authorizationEndpoint: metadata.authorization_endpoint,
				endsSessions: metadata.end_session_endpoint !== undefined,
			};
		},
		forget: (provider: IdentityProvider) => void discovered.delete(provider.trust.issuer),
	};
}

export type Oidc = ReturnType<typeof createOidc>;

/** Unencrypted only where it stays on one machine; {@link Outgoing} judges whether it is called at all. */
function allowances(issuer: URL): Array<(config: client.Configuration) => void> {
	return issuer.protocol === "http:" && isLoopback(unbracketed(issuer.hostname)) ? [client.allowInsecureRequests] : [];
}

/** Where people's browsers are to be sent. @throws SsoRefused */
function requireBrowserAddress(told: unknown, what: string): void {
	const url = URL.parse(typeof told === "string" ? told : "");
	if (url?.protocol === "https:" || url?.protocol === "http:") return;
	throw new SsoRefused("sso-unreachable", { detail: `discovery ${what} is no address of a page` });
}

/** What the library makes of what a provider has said of itself. @throws SsoRefused */
function addressOf(build: () => URL): string {
	try {
		return build().href;
	} catch (cause) {
		throw discoveryFailed(cause);
	}
}

/** What a provider says of itself is missing, or none. A mistake of this server's stays what it is. */
function discoveryFailed(cause: unknown): unknown {
	if (!isAway(cause) && !isJudgement(cause)) return cause;
	return new SsoRefused("sso-unreachable", { detail: `discovery ${wordsOf(cause)}`, cause });
}

/** By the header unless the provider says that it only takes the secret in the body. */
function authentication({ clientSecret }: OidcTrust, { metadata }: Discovered): client.ClientAuth {
	if (clientSecret === undefined) return client.None();
	const methods = metadata.token_endpoint_auth_methods_supported;
	const onlyInBody = methods?.includes("client_secret_post") && !methods.includes("client_secret_basic");
	return onlyInBody ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
}

function lacks(told: Readonly<Record<string, unknown>>, { address, groups }: ClaimNames): boolean {
	return told[address] === undefined || (groups !== undefined && told[groups] === undefined);
}

/** Why nobody is let in; a mistake of this server's stays what it is, and is no provider's. */
function refusalOf(error: unknown): unknown {
	if (error instanceof SsoRefused) return error;
	if (isAway(error)) return new SsoRefused("sso-unreachable", { detail: wordsOf(error), cause: error });
	// The provider's own no: the person has cancelled, or is not assigned to the application.
	if (error instanceof client.AuthorizationResponseError)
		return new SsoRefused("sso-provider-refused", { detail: error.error.slice(0, 100), cause: error });
	const unproven = (detail: string) => new SsoRefused("sso-not-proven", { detail, cause: error });
	if (error instanceof client.ResponseBodyError) return unproven(`token endpoint: ${error.error}`.slice(0, 100));
	// The token endpoint has refused this server itself: its id or its secret.
	if (error instanceof client.WWWAuthenticateChallengeError) return unproven("token endpoint: client authentication");
	return isJudgement(error) ? unproven(wordsOf(error)) : error;
}
