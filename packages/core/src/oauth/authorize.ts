import { randomUUID } from "node:crypto";
import type { Kernel } from "../kernel/domain.ts";
import { Answer, type Refusal } from "../kernel/http/route.ts";
import type { SignInFacts } from "../users/events.ts";
import type { Device } from "../users/sign-in/devices.ts";
import type { Users } from "../users/users.ts";
import {
	type AuthorizeRequest,
	authorizeQuery,
	errorLocation,
	locationOf,
	type RefusedRequest,
	readAuthorizeRequest,
	redirectHeaders,
	unfitClient,
	unregistered,
} from "./authorize-request.ts";
import { readDeviceCookie } from "./device-cookie.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";
import { messagePage } from "./page/frame.ts";
import { pageHeaders } from "./page/headers.ts";
import { handOverPage } from "./page/provider-pages.ts";
import { refusalPage } from "./page/refusal-page.ts";
import { stayHeader } from "./page/script.ts";
import { signInPage } from "./page/sign-in-page.ts";
import { type SignInStrings, stringsFor } from "./page/strings.ts";
import { createProviderVisits } from "./provider-visits.ts";
import { isRegistered } from "./redirect-uri.ts";
import { readSessionCookie, sessionCookie } from "./session-cookie.ts";
import { noProviders, type SignInProviders } from "./sign-in-providers.ts";
import { aboutVisit, createSignInSteps, refused, retryHeaders, type SignInVisit } from "./sign-in-steps.ts";
import { createSignOut } from "./sign-out.ts";
import { createSilentSignIn, tokenFields } from "./silent-sign-in.ts";
import { postgresTokenStore } from "./store.ts";
import { type Progress, signInEnd, Tickets } from "./ticket.ts";

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
	/** Companies' identity providers. */
	providers?: SignInProviders;
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
	const { signIn, devices, refusals } = users.authentication;
	const tickets = new Tickets(kernel.clock, () => postgresTokenStore.signInKey(kernel.database.db));
	const silent = createSilentSignIn({ oauth, users });
	// Until somebody knows: a page that says "not now" and asks for nothing may be seen in any frame.
	let lastAncestors: readonly string[] = ["*"];
	const providers = ports.providers ?? noProviders;
	const steps = createSignInSteps(kernel, {
		users,
		tickets,
		ports: {
			startAgain,
			goBack,
			headers: ({ request }) => headersFor(new URL(request.redirectUri).origin),
		},
	});

	const visits = createProviderVisits({
		...{ providers, refusals, signIn, steps, headersFor, toClient },
		visitOf: visitAgain,
	});
	const signOut = createSignOut({ oauth, providers, headersFor, problemPage });

	/** GET: the sign-in page, or why there is none. */
	async function open(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		const read = await readAuthorizeRequest(page.query, oauth.clients.find);
		if (read.kind !== "request") await refusals.record({ ...read.refusal, address: page.ip });
		if (read.kind === "page") return problemPage(strings, read.problem);
		if (read.kind === "redirect")
			return toClient({ strings, request: { inWindow: page.query.window === "1" } }, read.location, { status: 302 });
		if (read.request.promptNone)
			return silent(read.client, read.request, { address: page.ip, cookies: headerOf(page, "cookie") });
		const visit = await visitOf(page, strings, read.client, read.request);
		if (read.request.provider) return visits.leave(visit, page);
		return firstPage(visit, { username: read.request.loginHint ?? "", first: true });
	}

	/** The visit of somebody who was away at a provider: the client is looked at again. */
	async function visitAgain(page: PageRequest, request: AuthorizeRequest): Promise<SignInVisit | Answer> {
		const client = await oauth.clients.find(request.clientId);
		const unfit = unfitClient(client, request.clientId);
		if (!client || unfit) return refusedPage(page, "client", unfit ?? { reason: "unknown-client" });
		if (!isRegistered(client.redirectUris, request.redirectUri))
			return refusedPage(page, "redirect", unregistered(client, request.redirectUri));
		return visitOf(page, stringsOf(page), client, request);
	}

	/** POST: a form comes back, to be answered as the page asked for it. */
	async function submit(page: PageRequest): Promise<Answer> {
		const answer = await read(page);
		return headerOf(page, stayHeader) === undefined ? answer : withoutRedirect(answer);
	}

	/** The request in the form was checked before; the client is looked at again. */
	async function read(page: PageRequest): Promise<Answer> {
		const strings = stringsOf(page);
		const fields = readForm(page.body);
		const ticket = await tickets.read(fields.ticket);
		if (ticket.kind === "forged" || !isOwnPost(page, kernel.config.publicUrl)) {
			const detail = ticket.kind === "forged" ? "ticket" : "other-site";
			return refusedPage(page, "forged", { reason: "forged-form", detail });
		}
		const { request, progress } = ticket;
		const visit = await visitAgain(page, request);
		if (visit instanceof Answer) return visit;
		if (ticket.kind === "expired") {
			await refusals.record({ reason: "expired-form", clientId: visit.client.id, address: page.ip });
			return firstPage(visit, { username: fields.username, problem: strings.expired, status: 400 });
		}
		if (fields.again) return progress ? steps.resume(visit, progress) : firstPage(visit, { username: fields.username });
		if (progress) return steps.take(visit, progress, fields);
		if (fields.demo) return continueAs(visit, fields.demo);
		return attempt(visit, fields);
	}

	/** What was proven counts no longer: the password, the second factor or the user has changed on the way. */
	async function startAgain(visit: SignInVisit, problem: string, userId: string): Promise<Answer> {
		const { client, address } = visit;
		await refusals.record({ reason: "outdated-proof", clientId: client.id, userId, address });
		return firstPage(visit, { username: "", problem, status: 400 });
	}

	async function visitOf(
		page: PageRequest,
		strings: SignInStrings,
		client: OAuthClient,
		request: AuthorizeRequest,
	): Promise<SignInVisit> {
		const device = await devices.read(readDeviceCookie(headerOf(page, "cookie")));
		const ownAddress = isUnder(page, kernel.config.publicUrl);
		const returnsTo = foreignHost(request.redirectUri, [kernel.config.publicUrl, kernel.config.panelUrl]);
		const session = readSessionCookie(headerOf(page, "cookie"));
		const where = returnsTo ? { returnsTo } : {};
		return { strings, client, request, address: page.ip, ownAddress, device, session, ...where };
	}

	async function attempt(
		visit: SignInVisit,
		{ username, password }: { username: string; password: string },
	): Promise<Answer> {
		const { address, device, client } = visit;
		const outcome = await signIn.attempt(username, password, { address, device, clientId: client.id });
		if (outcome.kind === "proven") {
			const { userId } = outcome.proof;
			if (await providers.acceptsPasswordOf(userId)) return steps.begin(visit, outcome.proof);
			await refusals.record({ reason: "passwords-off", clientId: client.id, userId, address });
			return firstPage(visit, { username, problem: visit.strings.passwordsOff, status: 403 });
		}
		return firstPage(visit, { username, ...refused(visit, outcome) });
	}

	/** Only demo users, only where the demo runs: no password is asked. */
	async function continueAs(visit: SignInVisit, username: string): Promise<Answer> {
		const offered = (await demoUsers(visit)).some((user) => user.username === username);
		const user = offered ? await users.findByUsername(username) : undefined;
		if (user?.state === "active") {
			return steps.begin(visit, await signIn.trust(user.id), { demo: true });
		}
		await refusals.record({ reason: "no-demo-user", clientId: visit.client.id, address: visit.address });
		return firstPage(visit, { username, problem: visit.strings.wrong, status: 403 });
	}

	/** Back to the client with a code or a token. 303: what follows the form's POST is a GET. */
	async function goBack(visit: SignInVisit, progress: Progress, device?: Device): Promise<Answer | undefined> {
		const { id, proof } = progress;
		const { client, request, address } = visit;
		const { redirectUri, responseType, challenge } = request;
		const target = { redirectUri, responseType, state: request.state };
		if (responseType === "token" && client.grantType !== "TOKEN") {
			const text = "This client is no longer registered for the implicit grant.";
			await refusals.record({ reason: "wrong-grant", clientId: client.id, userId: proof.userId, address });
			return toClient(visit, errorLocation(target, "unauthorized_client", text));
		}
		const notAuthorized = await oauth.whyNotAuthorized(client, proof.userId);
		if (notAuthorized) {
			await oauth.clients.request(client.id, proof.userId);
			const about = { clientId: client.id, userId: proof.userId, address };
			await refusals.record({ reason: "client-not-authorized", detail: notAuthorized, ...about });
			const text = notAuthorizedTexts[notAuthorized];
			return toClient(visit, errorLocation(target, "access_denied", text));
		}
		const { vouching } = progress;
		const answer = await kernel.database.change(async (trx) => {
			const by = vouching ? { provider: vouching.name } : {};
			const facts = { factors: factorsOf(progress), ...by, address, clientId: client.id };
			if (!(await postgresTokenStore.signedInOnce(trx, id, signInEnd(kernel.clock.now())))) return undefined;
			if (!(await signIn.complete(trx, proof, facts, device))) return undefined;
			const { userId } = proof;
			const owner = { userId, familyId: randomUUID(), signedInAt: kernel.clock.now() };
			const { panelChallenge } = request;
			await oauth.panelTokens.bind(trx, { client, redirectUri, owner, challenge: panelChallenge ?? "" });
			if (vouching) await providers.signedIn(trx, { ...vouching, familyId: owner.familyId, userId });
			const session = await oauth.signInSessions.begin(trx, { client, redirectUri, owner, before: visit.session });
			if (responseType === "token")
				return { session, fields: tokenFields(await oauth.tokens.issueIn(trx, client, owner, address)) };
			const { familyId } = owner;
			const wanted = { client, userId, redirectUri, challenge: challenge ?? null, familyId };
			return { session, fields: { code: await oauth.tokens.issueCode(trx, wanted) } };
		});
		if (!answer) return undefined;
		return toClient(visit, locationOf(target, answer.fields), { cookies: [sessionCookie(answer.session)] });
	}

	/**
	 * Back to the client, with what it gets or why it gets nothing: in this window, or in the frame that has opened it. 303:
	 * what follows a form's POST is a GET.
	 */
	async function toClient(
		{ request: { inWindow }, strings }: { request: Pick<AuthorizeRequest, "inWindow">; strings: SignInStrings },
		location: string,
		{ status = 303, cookies = [] }: { status?: 302 | 303; cookies?: string[] } = {},
	): Promise<Answer> {
		const set: Record<string, string[]> = cookies.length > 0 ? { "set-cookie": cookies } : {};
		if (!inWindow) return new Answer(status, undefined, { ...redirectHeaders(location), ...set });
		return new Answer(200, handOverPage(strings, location), { ...(await headersFor()), ...set });
	}

	/**
	 * Whom a link names is offered first, and signs in by a click here: else any page, or a panel's script by its own frame,
	 * could have its reader be whom it likes.
	 */
	async function firstPage(visit: SignInVisit, shown: FirstPage): Promise<Answer> {
		const { request } = visit;
		const [ticket, offered, headers, known, passwordsOff] = await Promise.all([
			tickets.make({ request }),
			demoUsers(visit),
			headersFor(new URL(request.redirectUri).origin),
			providers.offered(),
			providers.passwordsOff(),
		]);
		const html = signInPage({
			...aboutVisit(visit),
			ticket,
			username: shown.username,
			...(shown.problem ? { problem: shown.problem } : {}),
			demoUsers: hintedFirst(offered, request.loginHint),
			providers: known.map(({ label, name }) => ({
				label,
				address: `authorize?${authorizeQuery(request, { provider: name })}`,
			})),
			passwordsOff: passwordsOff && known.length > 0,
		});
		const retry = retryHeaders(shown.retryAfter);
		return new Answer(shown.status ?? 200, html, { ...headers, ...retry });
	}

	/** Only under the configured address: a name of somebody else's that leads to this machine is offered nobody. */
	async function demoUsers({ ownAddress }: SignInVisit): Promise<DemoUser[]> {
		return kernel.config.demo && ports.demoUsers && ownAddress ? ports.demoUsers() : [];
	}

	/** A page instead of an answer, and a line for operators. */
	async function refusedPage(page: PageRequest, problem: Problem, refusal: RefusedRequest): Promise<Answer> {
		await refusals.record({ ...refusal, address: page.ip });
		return problemPage(stringsOf(page), problem);
	}

	async function problemPage(strings: SignInStrings, problem: Problem): Promise<Answer> {
		const text = strings[problemTexts[problem]];
		return new Answer(400, messagePage(strings, strings.cannotSignIn, text), await headersFor());
	}

	/** Instead of JSON, which says nothing to a person: also while the database, and with it everything, is away. */
	function failedPage(refusal: Refusal, { body, headers }: Pick<PageRequest, "body" | "headers">): Answer {
		const { ticket, username } = readForm(body);
		const html = refusalPage(stringsOf({ headers }), refusal, ticket === "" ? undefined : { ticket, username });
		return new Answer(refusal.status, html, pageHeaders({ frameAncestors: lastAncestors, formTargets: [] }));
	}

	async function headersFor(formTarget?: string): Promise<Record<string, string>> {
		const frameAncestors = await (ports.mayFrame ?? users.embedAllowList)();
		lastAncestors = frameAncestors;
		// A client may still return to the panel by the address from before it had an origin of its own.
		const formTargets = formTarget ? [...new Set([formTarget, kernel.config.panelUrl])] : [];
		return pageHeaders({ frameAncestors, formTargets });
	}

	return {
		...{ open, submit },
		...{ logout: signOut.logout, signedOut: signOut.signedOut },
		...{ returned: visits.returned, tryOut: visits.tryOut },
		failed: failedPage,
	};
}

/**
 * For the script of a framed page, which sends its form itself: each form that is sent leaves an entry in the history of
 * the page around, and going back there would bring the sign-in back into the frame, and take the panel away.
 */
function withoutRedirect(answer: Answer): Answer {
	const { location, ...headers } = answer.headers;
	if (location === undefined) return answer;
	return new Answer(200, { location }, { ...headers, "content-type": "application/json", "cache-control": "no-store" });
}

interface FirstPage {
	username: string;
	problem?: string;
	status?: number;
	/** Seconds. */
	retryAfter?: number;
	/** Nothing was sent yet. */
	first?: boolean;
}

/** Told to the client, whose page shows it (platform-api 2.1, "First use of a client by an org"). */
const notAuthorizedTexts = {
	client:
		"An administrator has to authorize this application first (Authorized applications in the console). They see that you have asked.",
	role: "This application is authorized for holders of certain roles, and you hold none of them. Ask an administrator.",
} as const;

type Problem = "client" | "redirect" | "request" | "forged";

const problemTexts = {
	client: "unknownClient",
	redirect: "unknownRedirect",
	request: "badRequest",
	forged: "forged",
} as const satisfies Record<Problem, keyof SignInStrings>;

export function stringsOf(page: Pick<PageRequest, "headers">): SignInStrings {
	return stringsFor(headerOf(page, "accept-language"));
}

export function headerOf({ headers }: Pick<PageRequest, "headers">, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

function factorsOf({ demo, secondFactor, vouching }: Progress): SignInFacts["factors"] {
	if (demo) return ["demo"];
	if (vouching) return ["provider"];
	return secondFactor ? ["password", "code"] : ["password"];
}

/** Against login by another site's form: browsers say where a form comes from; other programs may say nothing. */
function isOwnPost(page: PageRequest, publicUrl: string): boolean {
	const site = headerOf(page, "sec-fetch-site");
	if (site !== undefined) return site === "same-origin";
	const origin = headerOf(page, "origin");
	if (origin === undefined) return true;
	return origin === publicUrl || URL.parse(origin)?.host === headerOf(page, "host");
}

/** The host of a redirect URI, with its port; undefined when it is at one of these origins. A person must know who gets the code. */
function foreignHost(redirectUri: string, origins: readonly string[]): string | undefined {
	const { origin, host } = new URL(redirectUri);
	return origins.some((own) => new URL(own).origin === origin) ? undefined : host;
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

interface FormFields {
	ticket: string;
	username: string;
	password: string;
	code: string;
	newPassword: string;
	demo: string;
	/** The page of a ticket is asked for anew, after a try in vain. */
	again: string;
}

function readForm(body: unknown): FormFields {
	const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
	return {
		ticket: text("ticket"),
		username: text("username").trim().slice(0, 254),
		password: text("password"),
		code: text("code").slice(0, 100),
		newPassword: text("newPassword"),
		demo: text("demo"),
		again: text("again"),
	};
}
