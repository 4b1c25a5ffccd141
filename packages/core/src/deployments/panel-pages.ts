import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { originMatches, type PageBoot } from "@inlay/contract";
import { Answer } from "../kernel/http/route.ts";
import { contentPolicy } from "../kernel/http/security-headers.ts";
import { withBoot } from "./page-boot.ts";
import { type PanelPolicyFacts, panelPolicy } from "./panel-policy.ts";
import { awayPage, noPanePage, plainDocument, refusedPage } from "./refused-page.ts";

export type PanelPage = "index.html" | "authWindow.html" | "interaction.html" | "phoneWindow.html" | "self-test.html";

/** What a customer's page refers to is loaded from where it lies; nothing but the viewer runs (agent-features 12). */
function viewerPolicy({ apiUrl, hosts }: PanelPolicyFacts): string {
	return contentPolicy({
		"default-src": ["'none'"],
		"script-src": ["'self'"],
		"style-src": ["'self'", "'unsafe-inline'", "http:", "https:"],
		"img-src": ["http:", "https:", "data:"],
		"font-src": ["http:", "https:", "data:"],
		"connect-src": [apiUrl, apiUrl.replace(/^http/, "ws")],
		"base-uri": ["'none'"],
		"form-action": ["'none'"],
		"frame-ancestors": ["'self'", ...hosts],
	});
}

/** A panel page is asked for by this request. */
export interface PageRequestInfo {
	headers: Record<string, string | string[] | undefined>;
	/** The policy of a page that is shown, and who may frame it. */
	policy: PanelPolicyFacts;
	/** Who may open it so; those that may frame it where absent. */
	embedders?: readonly string[];
	/** The query that names the same deployment, for who asks again. */
	wanted?: string;
	/** What the page is told beforehand. */
	boot?: PageBoot;
}

/**
 * Serves the built agent client. A page that is not on the list may not frame it: the browser enforces that by CSP; where
 * the request shows who embeds it, a page says so instead, because a refused frame is blank.
 */
export class PanelPages {
	readonly #folder: string;

	/** @param folder the built client, with its pages */
	constructor(folder: string) {
		this.#folder = folder;
	}

	/** The viewer of what customers share (`/cobrowse/view`). */
	async viewer(policy: PanelPolicyFacts): Promise<Answer> {
		const html = await readFile(join(this.#folder, "cobrowse.html"), "utf8").catch(() => undefined);
		if (html === undefined) return notBuilt();
		return new Answer(200, html, {
			...pageHeaders,
			"referrer-policy": "no-referrer",
			"content-security-policy": viewerPolicy(policy),
		});
	}

	/** The page in which a script runs isolated. @param policy of its deployment */
	async isolated(policy: string): Promise<Answer> {
		const html = await readFile(join(this.#folder, "isolated.html"), "utf8").catch(() => undefined);
		if (html === undefined) return notBuilt();
		return new Answer(200, html, {
			...pageHeaders,
			"referrer-policy": "no-referrer",
			"content-security-policy": policy,
		});
	}

	async page(file: PanelPage, request: PageRequestInfo): Promise<Answer> {
		const stranger = strangeEmbedder(request);
		if (stranger) return refusal(stranger, request);
		const html = await readFile(join(this.#folder, file), "utf8").catch(() => undefined);
		if (html === undefined) return notBuilt();
		return new Answer(200, request.boot ? withBoot(html, request.boot) : html, {
			...pageHeaders,
			"content-security-policy": panelPolicy(request.policy),
		});
	}
}

const pageHeaders = {
	"content-type": "text/html; charset=utf-8",
	"cache-control": "no-cache",
	"referrer-policy": "strict-origin-when-cross-origin",
	// A sign-in window keeps its opener, to which it hands the result.
	"cross-origin-opener-policy": "unsafe-none",
};

/** The embedding origin, when the request shows one that is not on the list. */
function strangeEmbedder({ headers, policy, embedders = policy.hosts }: PageRequestInfo): string | undefined {
	const { panelUrl, apiUrl } = policy;
	if (!/^i?frame$/.test(String(headers["sec-fetch-dest"] ?? ""))) return undefined;
	const origin = URL.parse(String(headers.referer ?? ""))?.origin;
	if (!origin || [panelUrl, apiUrl].includes(origin) || isSelf(origin, headers) || originMatches(origin, embedders))
		return undefined;
	return origin;
}

/** The panel itself, under whatever name this server was reached: what CSP calls 'self'. */
function isSelf(origin: string, headers: PageRequestInfo["headers"]): boolean {
	return URL.parse(origin)?.host === headers.host;
}

function refusal(origin: string, { wanted = "", headers }: PageRequestInfo): Answer {
	return instead(403, refusedPage(origin, wanted, String(headers["accept-language"] ?? "")));
}

/** A pane that only another product has. */
export function noPane(component: string, requested: PageRequestInfo["headers"]): Answer {
	return instead(404, noPanePage(component, String(requested["accept-language"] ?? "")));
}

/** What is said where a page of the panel is not. */
function instead(
	status: number,
	{ html, policy }: { html: string; policy: string },
	more: Record<string, string> = {},
) {
	return new Answer(status, html, {
		...pageHeaders,
		"cache-control": "no-store",
		...more,
		vary: "accept-language",
		"content-security-policy": policy,
	});
}

/** The database does not answer, by which it is known who may embed the panel. */
export function panelAway(requested: PageRequestInfo["headers"]): Answer {
	return instead(503, awayPage(String(requested["accept-language"] ?? "")), { "retry-after": "1" });
}

function notBuilt(): Answer {
	const text = "The agent client has not been built. Start Inlay with npm start, which builds it.";
	return new Answer(503, plainDocument("Not built", text), {
		...pageHeaders,
		"content-security-policy": `${textOnly}; frame-ancestors 'self'`,
	});
}

const textOnly = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
