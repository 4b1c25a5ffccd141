import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** A person whom the provider knows. */
export type Known = { sub: string } & Record<string, unknown>;

/** What stands between the provider's answers and who asks: for what no honest provider does. */
export interface Meddling {
	/** Answers itself, or leaves it to the provider. @returns whether it did */
	answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export const clientId = "inlay";
export const clientSecret = "a secret of the provider's client";

/**
 * npm's `oidc-provider`, which nobody here wrote, on this machine: it signs whoever `people.current` is in by itself, with
 * signatures, codes, `nonce`s and sessions of its own.
 */
export async function startOidcIdp(
	redirectUris: readonly string[],
	signedOutUris: readonly string[],
	logoutUri?: string,
) {
	const people = { current: undefined as Known | undefined, all: new Map<string, Known>() };
	const meddling: Meddling = {};
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const provider = new Provider(issuer, configuration({ people, privateKey, redirectUris, signedOutUris, logoutUri }));
	const answer = provider.callback();
	server.on("request", (request, response) => {
		if (meddling.answer?.(request, response)) return;
		if (request.url?.startsWith("/interaction/")) void interact(provider, people.current, request, response);
		else answer(request, response);
	});
	return {
		issuer,
		privateKey,
		meddling,
		/** The provider's person from now on; nobody: they cancel. */
		be(person: Known | undefined): void {
			people.current = person;
			if (person) people.all.set(person.sub, person);
		},
		/** Tells its client, as when the person's session there has ended. */
		async logOut(subject: string, session: string): Promise<void> {
			await (await provider.Client.find(clientId))?.backchannelLogout(subject, session);
		},
		close: () => closed(server),
	};
}

export type OidcIdp = Awaited<ReturnType<typeof startOidcIdp>>;

/** A token as no honest provider makes it. @param key none: unsigned */
export function jwt(header: object, claims: object, key?: KeyObject): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const text = `${part(header)}.${part(claims)}`;
	return `${text}.${key ? createSign("RSA-SHA256").update(text).sign(key, "base64url") : ""}`;
}

function configuration({
	people,
	privateKey,
	redirectUris,
	signedOutUris,
	logoutUri,
}: {
	people: { all: Map<string, Known> };
	privateKey: KeyObject;
	redirectUris: readonly string[];
	signedOutUris: readonly string[];
	/** It tells there who has signed out, and names its sessions in ID tokens. */
	logoutUri?: string | undefined;
}): object {
	const told = { backchannel_logout_uri: logoutUri, backchannel_logout_session_required: true };
	return {
		clients: [
			{
				client_id: clientId,
				client_secret: clientSecret,
				redirect_uris: redirectUris,
				post_logout_redirect_uris: signedOutUris,
				grant_types: ["authorization_code"],
				response_types: ["code"],
				...(logoutUri === undefined ? {} : told),
			},
		],
		jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" }] },
		cookies: { keys: ["of a test"] },
		claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
		ttl: { IdToken: 60, AuthorizationCode: 60, AccessToken: 600, Interaction: 600, Session: 600, Grant: 600 },
		features: {
			devInteractions: { enabled: false },
			rpInitiatedLogout: { enabled: true },
			backchannelLogout: { enabled: true },
		},
		// Its own way out refuses this machine.
		fetch: (url: string, { method, headers, body, redirect }: RequestInit) =>
			fetch(url, { method, headers, body, redirect } as RequestInit),
		interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
		findAccount: (_context: unknown, id: string) => ({
			accountId: id,
			claims: () => people.all.get(id) ?? { sub: id },
		}),
	};
}

/** What a person would do on the provider's page: signs in, and consents. */
async function interact(
	provider: Provider,
	person: Known | undefined,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { prompt, params } = await provider.interactionDetails(request, response);
	const location = await provider.interactionResult(request, response, await resultOf());
	response.writeHead(303, { location }).end();

	async function resultOf(): Promise<object> {
		if (!person) return { error: "access_denied", error_description: "The person has cancelled." };
		if (prompt.name === "login") return { login: { accountId: person.sub } };
		const grant = new provider.Grant({ accountId: person.sub, clientId: params.client_id ?? "" });
		grant.addOIDCScope(params.scope ?? "");
		return { consent: { grantId: await grant.save() } };
	}
}

function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}
