import { Answer } from "../kernel/http/route.ts";
import type { RefusalReason, Refusals } from "../users/sign-in/refusals.ts";
import type { SignIn } from "../users/sign-in/sign-in.ts";
import { type AuthorizeRequest, authorizeQuery, errorLocation, redirectHeaders } from "./authorize-request.ts";
import { goOnPage, refusedPage, trialPage } from "./page/provider-pages.ts";
import { fill, type SignInStrings } from "./page/strings.ts";
import { headerOf, type PageRequest, stringsOf } from "./page-request.ts";
import type {
	OfferedProvider,
	ProviderRefusal,
	ProviderSignIn,
	ProviderWay,
	SignInProviders,
} from "./sign-in-providers.ts";
import { aboutVisit, type createSignInSteps, type SignInVisit } from "./sign-in-steps.ts";

interface VisitParts {
	providers: SignInProviders;
	refusals: Refusals;
	signIn: SignIn;
	steps: Pick<ReturnType<typeof createSignInSteps>, "vouched">;
	/** The visit of a request that was begun before, or why it is none any more. */
	visitOf(page: PageRequest, request: AuthorizeRequest): Promise<SignInVisit | Answer>;
	headersFor(formTarget?: string): Promise<Record<string, string>>;
	/** Back to the client, in this window or in the frame that has opened it. */
	toClient(visit: SignInVisit, location: string, options: { status: 302 }): Promise<Answer>;
}

/** Characters of a client's `state` that go along: browsers carry it in a cookie, several at once. */
const longestState = 512;

/** The way of a sign-in to an identity provider and back. */
export function createProviderVisits(parts: VisitParts) {
	const { providers, refusals, signIn, steps, visitOf, headersFor, toClient } = parts;

	/**
	 * To the provider that the client names, or with a refusal back to the client, which may go on without.
	 * What the browser loads the answer as (`Sec-Fetch-Dest`) counts: providers refuse frames, so there it takes a click and a
	 * window.
	 */
	async function leave(visit: SignInVisit, page: PageRequest): Promise<Answer> {
		const { request, client, address, strings } = visit;
		const destination = headerOf(page, "sec-fetch-dest");
		if ((request.state ?? "").length > longestState) {
			await refusals.record({ reason: "malformed-request", clientId: client.id, address, detail: "long-state" });
			const text = `state must have at most ${longestState} characters to sign in by an identity provider.`;
			return toClient(visit, errorLocation(request, "invalid_request", text), { status: 302 });
		}
		const found = await providers.named(request.provider ?? "", request.orgName);
		if ("kind" in found) {
			const { reason, detail } = found;
			await refusals.record({ reason, clientId: client.id, address, ...(detail ? { detail } : {}) });
			const text = refusalTexts[reason] ?? refusalTexts["sso-unknown-provider"] ?? "";
			return toClient(visit, errorLocation(request, "access_denied", text), { status: 302 });
		}
		if (destination === "iframe" || destination === "frame") {
			const way = { label: found.label, address: `authorize?${authorizeQuery(request, { provider: found.name })}` };
			return new Answer(200, goOnPage({ ...aboutVisit(visit), way }), await headersFor());
		}
		const going = await providers.begin(found, request, { address, cookies: headerOf(page, "cookie") });
		if (going.kind === "refused") return refuse(strings, address, going, "authorize");
		return away(going);
	}

	function away({ location, cookies }: ProviderWay): Answer {
		return new Answer(302, undefined, {
			...redirectHeaders(location),
			"set-cookie": cookies,
			"cache-control": "no-store",
		});
	}

	/** Back from the provider. */
	async function returned(page: PageRequest): Promise<Answer> {
		const fields = fieldsOf(page);
		const state = fields.get("state") ?? fields.get("RelayState") ?? undefined;
		const came = { state, fields, cookies: headerOf(page, "cookie"), address: page.ip };
		const { cookies, ...outcome } = await providers.finish(came);
		return withCookies(await answerTo(page, outcome), cookies);
	}

	async function answerTo(
		page: PageRequest,
		outcome: Omit<Awaited<ReturnType<SignInProviders["finish"]>>, "cookies">,
	): Promise<Answer> {
		const told = outcome as Awaited<ReturnType<SignInProviders["finish"]>>;
		const strings = stringsOf(page);
		if (told.kind === "trial") {
			const refusal = told.refusal && textOf(strings, told.refusal, told.provider);
			const html = trialPage(strings, { ...told, ...(refusal ? { refusal } : {}) });
			return new Answer(200, html, await headersFor());
		}
		if (told.kind === "refused") return refuse(strings, page.ip, told, "../authorize");
		return letIn(page, told);
	}

	async function letIn(page: PageRequest, told: ProviderSignIn): Promise<Answer> {
		const visit = await visitOf(page, told.request);
		if (visit instanceof Answer) return visit;
		const { id, userId, provider, idToken } = told;
		const vouching = { id, providerId: provider.id, name: provider.name, ...(idToken ? { idToken } : {}) };
		return steps.vouched(visit, await signIn.trust(userId), vouching);
	}

	/** An administrator tries a provider, in a window that the console has opened. */
	async function tryOut(page: PageRequest): Promise<Answer> {
		const { ticket } = page.query;
		const going = await providers.beginTrial(typeof ticket === "string" ? ticket : "", headerOf(page, "cookie"));
		return going.kind === "refused" ? refuse(stringsOf(page), page.ip, going, "../authorize") : away(going);
	}

	/** A page that says why, and how one begins again; a line for operators. */
	async function refuse(
		strings: SignInStrings,
		address: string,
		{ reason, detail, userId, provider, request }: ProviderRefusal,
		authorizePath: string,
	): Promise<Answer> {
		const about = [provider?.name, detail].filter(Boolean).join(": ");
		await refusals.record({
			...{ reason, address },
			...(request ? { clientId: request.clientId } : {}),
			...(userId ? { userId } : {}),
			...(about ? { detail: about } : {}),
		});
		const again = request && `${authorizePath}?${authorizeQuery(request)}`;
		const html = refusedPage(strings, textOf(strings, reason, provider), again);
		return new Answer(reason === "sso-unreachable" ? 502 : 403, html, await headersFor());
	}

	return { leave, returned, tryOut };
}

/** What the client is told at its redirect URI, which may be a script's page. */
const refusalTexts: Partial<Record<RefusalReason, string>> = {
	"sso-unknown-provider": "This server has no identity provider of that name.",
	"sso-other-organization": "This server is not of the organization that was named (orgName).",
};

function textOf(strings: SignInStrings, reason: RefusalReason, provider: OfferedProvider | undefined): string {
	const text = strings[pageTexts[reason] ?? "ssoNotProven"];
	return fill(text, { name: provider?.label ?? strings.ssoProvider });
}

const pageTexts: Partial<Record<RefusalReason, keyof SignInStrings>> = {
	"sso-unknown-provider": "ssoUnknown",
	"sso-other-browser": "ssoOtherBrowser",
	"sso-provider-refused": "ssoProviderRefused",
	"sso-unreachable": "ssoUnreachable",
	"sso-not-proven": "ssoNotProven",
	"sso-transient-name": "ssoTransient",
	"sso-address-missing": "ssoAddress",
	"sso-address-unverified": "ssoAddress",
	"sso-address-taken": "ssoAddressTaken",
	"sso-no-account": "ssoNoAccount",
	"sso-not-allowed": "ssoNotAllowed",
	"inactive-user": "ssoInactive",
	"address-not-allowed": "address",
};

/** Of the address, or of the form that a SAML provider's page has sent; what comes twice is not taken. */
function fieldsOf({ query, body }: PageRequest): URLSearchParams {
	const sent = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : query;
	const single = Object.entries(sent).filter((entry): entry is [string, string] => typeof entry[1] === "string");
	return new URLSearchParams(single);
}

function withCookies(answer: Answer, cookies: readonly string[]): Answer {
	if (cookies.length === 0) return answer;
	const set = [answer.headers["set-cookie"] ?? []].flat();
	return new Answer(answer.status, answer.body, { ...answer.headers, "set-cookie": [...set, ...cookies] });
}
