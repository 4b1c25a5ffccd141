import { Answer } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import { type AuthorizeRequest, locationOf, redirectHeaders } from "./authorize-request.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";
import type { IssuedToken } from "./redemption.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** Who asks: the address, and the request's cookies. */
interface Asker {
	address: string;
	cookies: string | undefined;
}

type Fields = Record<string, string | number>;

const loginRequired =
	"Nobody is signed in here who could go on without being asked: send the request again without prompt=none.";

/**
 * `prompt=none` (OpenID Connect Core 1.0, 3.1.2.1): who has signed in to this client by hand in this browser, at this
 * redirect URI, gets another token or code while that sign-in lasts. A `login_hint` says who must be meant.
 */
export function createSilentSignIn({ oauth, users }: { oauth: OAuth; users: Users }) {
	const { refusals } = users.authentication;

	return async function goOn(client: OAuthClient, request: AuthorizeRequest, asker: Asker): Promise<Answer> {
		const fields = await answerOf(client, request, asker);
		const headers = redirectHeaders(locationOf(request, fields));
		return new Answer(302, undefined, { ...headers, "cache-control": "no-store" });
	};

	async function answerOf(
		client: OAuthClient,
		request: AuthorizeRequest,
		{ address, cookies }: Asker,
	): Promise<Fields> {
		if (!(await users.organization.allowsAddress(address))) {
			await refusals.record({ reason: "address-not-allowed", clientId: client.id, address });
			return failure("access_denied", "The organization does not let anybody sign in from this address.");
		}
		const meant = await meantUser(request);
		if (meant === "nobody") return failure("login_required", loginRequired);
		const { redirectUri, responseType, challenge = null } = request;
		const isOf = (session: { redirectUri: string }) => session.redirectUri === redirectUri;
		const wanted = { secret: readSessionCookie(cookies), client, isOf, ...meant };
		const result = await oauth.signInSessions.goOn(wanted, async (trx, owner): Promise<Fields> => {
			if (responseType === "token") return tokenFields(await oauth.tokens.issueIn(trx, client, owner, address));
			const { userId, familyId, signedInAt } = owner;
			const code = { client, userId, redirectUri, challenge, familyId, signedInAt };
			return { code: await oauth.tokens.issueCode(trx, code) };
		});
		if ("given" in result) return result.given;
		if (result.not === "none") return failure("login_required", loginRequired);
		const { reason, text } = result.not;
		await refusals.record({ reason, clientId: client.id, address });
		return failure(reason === "factor-demanded" ? "interaction_required" : "login_required", text);
	}

	async function meantUser({ loginHint }: AuthorizeRequest): Promise<{ userId?: string } | "nobody"> {
		if (loginHint === undefined) return {};
		const user = await users.findByUsername(loginHint);
		return user ? { userId: user.id } : "nobody";
	}
}

/** What a client gets in the fragment by the implicit grant (platform-api 1.2.3). */
export function tokenFields({ accessToken, expiresIn }: IssuedToken): Fields {
	return { access_token: accessToken, expires_in: expiresIn, token_type: "bearer" };
}

function failure(error: string, text: string): Fields {
	return { error, error_description: text };
}
