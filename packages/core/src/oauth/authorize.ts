import type { Kernel } from "../kernel/domain.ts";
import { Answer } from "../kernel/route.ts";
import { redirectPolicy } from "../kernel/security-headers.ts";
import type { Users } from "../users/users.ts";
import { type AuthorizeRequest, errorLocation, locationOf, readAuthorizeRequest } from "./authorize-request.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";
import { pageHeaders } from "./page/headers.ts";
import { messagePage, signInPage } from "./page/sign-in-page.ts";
import { fill, type SignInStrings, spokenTime, stringsFor } from "./page/strings.ts";
import { isRegistered } from "./redirect-uri.ts";
import { postgresTokenStore } from "./store.ts";
import { Tickets } from "./ticket.ts";

/** A user of the demo organisation, offered on the sign-in page with one click. */
export interface DemoUser {
	name: string;
	role: string;
	username: string;
	password: string;
}

export interface SignInPorts {
	/** CSP sources that may frame the sign-in page beside this server itself; without it, the organization's list. */
	mayFrame?: () => Promise<string[]>;
	/** Only asked where the demo runs. */
	demoUsers?: () => DemoUser[] | Promise<DemoUser[]>;
}

/** What of an HTTP request counts here. */
export interface PageRequest {
	query: Record<string, string | string[] | undefined>;
	body: unknown;
	headers: Record<string, string | string[] | undefined>;
	ip: string;
}

/** `/oauth/authorize` and `/logout`: pages for people, answers for clients by redirect (platform-api 1.2, 2.1). */
export function createAuthorize(kernel: Kernel, deps: { oauth: OAuth; users: Users }, ports: SignInPorts) {
	const { oauth, users } = deps;
	const tickets = new Tickets(kernel.clock, () => postgresTokenStore.signInKey(kernel.database.db));

	/** GET: the sign-in page, or why there is none. */
	async function open(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		const read = await readAuthorizeRequest(page.query, oauth.clients.find);
		if (read.kind === "page") return problemPage(strings, read.problem);
		if (read.kind === "redirect") return new Answer(302, undefined, redirectHeaders(read.location));
		return signIn(page, strings, read.client, read.request, { username: read.request.loginHint ?? "", first: true });
	}

	/** POST: the form comes back. The request in it was checked before; the client is looked at again. */
	async function submit(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		const fields = readForm(page.body);
		const ticket = await tickets.read(fields.ticket);
		if (ticket.kind === "forged" || !isOwnPost(page, kernel.config.publicUrl)) return problemPage(strings, "forged");
		const { request } = ticket;
		const client = await oauth.clients.find(request.clientId);
		if (client?.state !== "active") return problemPage(strings, "client");
		if (!isRegistered(client.redirectUris, request.redirectUri)) return problemPage(strings, "redirect");
		if (ticket.kind === "expired") {
			return signIn(page, strings, client, request, {
				username: fields.username,
				problem: strings.expired,
				status: 400,
			});
		}
		if (fields.demo) return continueAs(strings, client, request, fields.demo, page);
		return attempt(strings, client, request, fields, page);
	}

	async function attempt(
		strings: SignInStrings,
		client: OAuthClient,
		request: AuthorizeRequest,
		{ username, password }: { username: string; password: string },
		page: PageRequest,
	): Promise<Answer> {
		const outcome = await users.signIn(username, password);
		if (outcome.kind === "signedIn") return goBack(client, request, outcome.user.id, page.ip);
		if (outcome.kind === "refused") {
			return signIn(page, strings, client, request, { username, problem: strings.wrong, status: 403 });
		}
		const time = spokenTime(outcome.seconds, strings.language);
		const answer = await signIn(page, strings, client, request, {
			username,
			problem: fill(strings.wait, { time }),
			status: 429,
		});
		return new Answer(429, answer.body, { ...answer.headers, "retry-after": String(outcome.seconds) });
	}

	/** Only demo users, only where the demo runs: no password is asked. */
	async function continueAs(
		strings: SignInStrings,
		client: OAuthClient,
		request: AuthorizeRequest,
		username: string,
		page: PageRequest,
	): Promise<Answer> {
		const offered = (await demoUsers(page)).some((user) => user.username === username);
		const user = offered ? await users.findByUsername(username) : undefined;
		if (user?.state === "active") return goBack(client, request, user.id, page.ip);
		return signIn(page, strings, client, request, { username, problem: strings.wrong, status: 403 });
	}

	/** Back to the client with a code or a token. 303: what follows the form's POST is a GET. */
	async function goBack(client: OAuthClient, request: AuthorizeRequest, userId: string, ip: string): Promise<Answer> {
		const { redirectUri, responseType, challenge } = request;
		const target = { redirectUri, responseType, state: request.state };
		if (responseType === "token" && client.grantType !== "TOKEN") {
			const text = "This client is no longer registered for the implicit grant.";
			return new Answer(303, undefined, redirectHeaders(errorLocation(target, "unauthorized_client", text)));
		}
		if (responseType === "token") {
			const { accessToken, expiresIn } = await oauth.tokens.issue(client, userId, ip);
			const fields = { access_token: accessToken, expires_in: expiresIn, token_type: "bearer" };
			return new Answer(303, undefined, redirectHeaders(locationOf(target, fields)));
		}
		const code = await oauth.tokens.issueCode({ client, userId, redirectUri, challenge: challenge ?? null });
		return new Answer(303, undefined, redirectHeaders(locationOf(target, { code })));
	}

	async function signIn(
		page: PageRequest,
		strings: SignInStrings,
		client: OAuthClient,
		request: AuthorizeRequest,
		shown: { username: string; problem?: string; status?: number; first?: boolean },
	): Promise<Answer> {
		const [ticket, offered, headers] = await Promise.all([
			tickets.make(request),
			demoUsers(page),
			headersFor(new URL(request.redirectUri).origin),
		]);
		const mayAuto = shown.first && !request.promptLogin && leadsToConsole(request, kernel.config.publicUrl);
		const auto = mayAuto && offered.some((user) => user.username === request.loginHint);
		const html = signInPage({
			strings,
			clientName: client.name,
			ticket,
			username: shown.username,
			...(shown.problem ? { problem: shown.problem } : {}),
			demoUsers: hintedFirst(offered, request.loginHint),
			...(auto && request.loginHint ? { autoUser: request.loginHint } : {}),
		});
		return new Answer(shown.status ?? 200, html, headers);
	}

	/** Only under the configured address: a name of somebody else's that leads to this machine is offered nobody. */
	async function demoUsers(page: PageRequest): Promise<DemoUser[]> {
		const { demo, publicUrl } = kernel.config;
		return demo && ports.demoUsers && isUnder(page, publicUrl) ? ports.demoUsers() : [];
	}

	async function problemPage(strings: SignInStrings, problem: Problem): Promise<Answer> {
		const text = strings[problemTexts[problem]];
		return new Answer(400, messagePage(strings, strings.cannotSignIn, text), await headersFor());
	}

	async function headersFor(formTarget?: string): Promise<Record<string, string>> {
		const frameAncestors = await (ports.mayFrame ?? users.embedAllowList)();
		// A client may still return to the panel by the address from before it had an origin of its own.
		const formTargets = formTarget ? [...new Set([formTarget, kernel.config.panelUrl])] : [];
		return pageHeaders({ frameAncestors, formTargets });
	}

	/** There is no session beside the token, which its holder has thrown away: only the way back is left. */
	async function logout(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		const { client_id: clientId, redirect_uri: redirectUri } = page.query;
		if (typeof redirectUri === "string") {
			const client = typeof clientId === "string" ? await oauth.clients.find(clientId) : undefined;
			if (!client || !isRegistered(client.redirectUris, redirectUri)) return problemPage(strings, "redirect");
			return new Answer(302, undefined, redirectHeaders(redirectUri));
		}
		return new Answer(200, messagePage(strings, strings.signedOut, strings.signedOutText), await headersFor());
	}

	return { open, submit, logout };
}

type Problem = "client" | "redirect" | "request" | "forged";

const problemTexts = {
	client: "unknownClient",
	redirect: "unknownRedirect",
	request: "badRequest",
	forged: "forged",
} as const satisfies Record<Problem, keyof SignInStrings>;

function stringsOf(page: PageRequest): SignInStrings {
	return stringsFor(headerOf(page, "accept-language"));
}

function headerOf({ headers }: PageRequest, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

function redirectHeaders(location: string): Record<string, string> {
	return { location, "content-security-policy": redirectPolicy };
}

/** Against login by another site's form: browsers say where a form comes from; other programs may say nothing. */
function isOwnPost(page: PageRequest, publicUrl: string): boolean {
	const site = headerOf(page, "sec-fetch-site");
	if (site !== undefined) return site === "same-origin";
	const origin = headerOf(page, "origin");
	if (origin === undefined) return true;
	return origin === publicUrl || URL.parse(origin)?.host === headerOf(page, "host");
}

/**
 * Where no customer's script runs. A panel's script could otherwise send its own frame here with a name in the link, and
 * come back as that user without anybody's click.
 */
function leadsToConsole({ redirectUri }: AuthorizeRequest, publicUrl: string): boolean {
	return redirectUri.startsWith(`${publicUrl}/admin/`);
}

/** Where a click is needed, it is the nearest. */
function hintedFirst(users: DemoUser[], hint: string | undefined): DemoUser[] {
	return [...users.filter((user) => user.username === hint), ...users.filter((user) => user.username !== hint)];
}

/** Whether a request was made for the configured address, by no other page than its own. */
function isUnder(page: PageRequest, publicUrl: string): boolean {
	const origin = headerOf(page, "origin");
	return headerOf(page, "host") === new URL(publicUrl).host && (origin === undefined || origin === publicUrl);
}

function readForm(body: unknown): { ticket: string; username: string; password: string; demo: string } {
	const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
	return {
		ticket: text("ticket"),
		username: text("username").trim().slice(0, 254),
		password: text("password"),
		demo: text("demo"),
	};
}
