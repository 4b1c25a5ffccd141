import type { Kernel } from "../kernel/domain.ts";
import { Answer, type Refusal } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import {
	type AuthorizeRequest,
	authorizeQuery,
	type RefusedRequest,
	readAuthorizeRequest,
	unfitClient,
	unregistered,
} from "./authorize-request.ts";
import { readDeviceCookie } from "./device-cookie.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";
import { messagePage } from "./page/frame.ts";
import { pageHeaders } from "./page/headers.ts";
import { refusalPage } from "./page/refusal-page.ts";
import { stayHeader } from "./page/script.ts";
import { signInPage } from "./page/sign-in-page.ts";
import type { SignInStrings } from "./page/strings.ts";
import { foreignHost, headerOf, isOwnPost, isUnder, type PageRequest, readForm, stringsOf } from "./page-request.ts";
import { createProviderVisits } from "./provider-visits.ts";
import { isRegistered } from "./redirect-uri.ts";
import { readSessionCookie } from "./session-cookie.ts";
import { createSignInEnd } from "./sign-in-end.ts";
import { noProviders, type SignInProviders } from "./sign-in-providers.ts";
import { aboutVisit, createSignInSteps, refused, retryHeaders, type SignInVisit } from "./sign-in-steps.ts";
import { createSignOut } from "./sign-out.ts";
import { createSilentSignIn } from "./silent-sign-in.ts";
import { postgresTokenStore } from "./store.ts";
import { Tickets } from "./ticket.ts";

/** A user of the demo organisation, offered on the sign-in page with one click. */
export interface DemoUser {
	name: string;
	/** What they do, by language tag. */
	role: Readonly<Record<string, string>> & { en: string };
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

/** `/oauth/authorize` and `/logout`: pages for people, answers for clients by redirect (platform-api 1.2, 2.1). */
export function createAuthorize(kernel: Kernel, deps: { oauth: OAuth; users: Users }, ports: SignInPorts) {
	const { oauth, users } = deps;
	const { signIn, devices, refusals } = users.authentication;
	const tickets = new Tickets(kernel.clock, () => postgresTokenStore.signInKey(kernel.database.db));
	const silent = createSilentSignIn({ oauth, users });
	// Until somebody knows: a page that says "not now" and asks for nothing may be seen in any frame.
	let lastAncestors: readonly string[] = ["*"];
	const providers = ports.providers ?? noProviders;
	const { goBack, toClient } = createSignInEnd(kernel, { oauth, users, providers, headersFor });
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
		const { address, device, client, strings } = visit;
		const accepts = providers.acceptsPasswordOf;
		const outcome = await signIn.attempt(username, password, { address, device, clientId: client.id, accepts });
		if (outcome.kind === "proven") return steps.begin(visit, outcome.proof);
		const why = refused(visit, outcome);
		const isOff = outcome.kind === "refused" && (await providers.passwordsOff());
		return firstPage(visit, { username, ...why, ...(isOff ? { problem: strings.wrongOrOff } : {}) });
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
			demoUsers: hintedFirst(offered, request.loginHint).map(({ name, role, username }) => ({
				...{ name, username },
				role: role[visit.strings.language] ?? role.en,
			})),
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

type Problem = "client" | "redirect" | "request" | "forged";

const problemTexts = {
	client: "unknownClient",
	redirect: "unknownRedirect",
	request: "badRequest",
	forged: "forged",
} as const satisfies Record<Problem, keyof SignInStrings>;

/** Where a click is needed, it is the nearest. */
function hintedFirst(users: DemoUser[], hint: string | undefined): DemoUser[] {
	return [...users.filter((user) => user.username === hint), ...users.filter((user) => user.username !== hint)];
}
