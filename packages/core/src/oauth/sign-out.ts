import { Answer } from "../kernel/http/route.ts";
import { redirectHeaders } from "./authorize-request.ts";
import type { OAuth } from "./oauth.ts";
import { messagePage } from "./page/frame.ts";
import type { SignInStrings } from "./page/strings.ts";
import { headerOf, type PageRequest, stringsOf } from "./page-request.ts";
import { isRegistered } from "./redirect-uri.ts";
import { noSessionCookie, readSessionCookie } from "./session-cookie.ts";
import type { SignInProviders } from "./sign-in-providers.ts";

interface SignOutParts {
	oauth: Pick<OAuth, "clients" | "signInSessions">;
	providers: Pick<SignInProviders, "signOutAddress" | "signedOut">;
	headersFor(): Promise<Record<string, string>>;
	problemPage(strings: SignInStrings, problem: "redirect"): Promise<Answer>;
}

/** `/logout`, and the way back from a provider that has signed somebody out. */
export function createSignOut({ oauth, providers, headersFor, problemPage }: SignOutParts) {
	/**
	 * The token has been thrown away by its holder; what is left is the browser's session, and the way back. A page that
	 * sends somebody here costs them no work: what they have signed in to goes on with the tokens that it has.
	 */
	async function logout(page: PageRequest): Promise<Answer> {
		const left = await leave(page);
		const secret = readSessionCookie(headerOf(page, "cookie"));
		if (secret === undefined || left.status >= 400) return left;
		const families = await oauth.signInSessions.familiesOf(secret);
		// Before a provider is asked, which may not answer for long: they are signed out here whatever comes of it.
		await oauth.signInSessions.forget(secret);
		const elsewhere = await signOutThere(page, families);
		const answer = elsewhere ? new Answer(302, undefined, redirectHeaders(elsewhere)) : left;
		return new Answer(answer.status, answer.body, { ...answer.headers, "set-cookie": noSessionCookie });
	}

	/** The provider's own sign-out, which comes back here; no provider lets itself be framed. */
	async function signOutThere(page: PageRequest, families: readonly string[]): Promise<string | undefined> {
		if (headerOf(page, "sec-fetch-dest") === "iframe") return undefined;
		const { redirect_uri: returnTo } = page.query;
		return providers.signOutAddress(families, typeof returnTo === "string" ? returnTo : undefined);
	}

	/** GET: a provider has signed somebody out, and sends them on. */
	async function signedOut(page: PageRequest): Promise<Answer> {
		const { state } = page.query;
		const returnTo = await providers.signedOut(typeof state === "string" ? state : undefined);
		return returnTo === undefined ? goodbye(page) : new Answer(302, undefined, redirectHeaders(returnTo));
	}

	async function leave(page: PageRequest): Promise<Answer> {
		const { client_id: clientId, redirect_uri: redirectUri } = page.query;
		if (typeof redirectUri !== "string") return goodbye(page);
		const client = typeof clientId === "string" ? await oauth.clients.find(clientId) : undefined;
		if (!client || !isRegistered(client.redirectUris, redirectUri)) return problemPage(stringsOf(page), "redirect");
		return new Answer(302, undefined, redirectHeaders(redirectUri));
	}

	async function goodbye(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		return new Answer(200, messagePage(strings, strings.signedOut, strings.signedOutText), await headersFor());
	}

	return { logout, signedOut };
}
