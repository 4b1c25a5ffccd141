import { createHash } from "node:crypto";
import { asHtmlText } from "@inlay/contract/html-text";
import { contentPolicy } from "../kernel/http/security-headers.ts";
import { fill, stringsFor } from "../oauth/page/strings.ts";

/** Path of the question whether a page may embed the panel by now. */
export const embeddingPath = "/crm/embedding.json";

/** Asks ever more rarely, and at once when somebody looks at it again, whether the page is on the list; then it is loaded anew. */
const lookAgain = `"use strict";
let wait = 3000;
let timer = 0;
const ask = async () => {
	if (document.hidden) return;
	const answer = await fetch(document.documentElement.dataset.look, { cache: "no-store" }).then((one) => one.json(), () => ({}));
	if (answer.allowed === true) location.reload();
	else later();
};
const later = () => {
	clearTimeout(timer);
	timer = setTimeout(ask, wait * (0.5 + Math.random()));
	wait = Math.min(30000, wait * 1.5);
};
document.addEventListener("visibilitychange", () => { wait = 3000; later(); });
later();`;

/**
 * Asks for the page itself until it is something else than “away”: also than what a proxy says of a server that is away, and than
 * “too many”. A frame that was loaded into that would look no more.
 */
const lookForServer = `"use strict";
let wait = 1000;
const ask = async () => {
	const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
	if (answer && answer.status < 500 && answer.status !== 429) return location.reload();
	wait = Math.min(10000, wait * 1.5);
	later();
};
const later = () => setTimeout(ask, wait * (0.5 + Math.random()));
later();`;

/** What stands in the frame while the server cannot tell who may embed the panel: nobody would load a blank one anew. */
export function awayPage(acceptLanguage?: string): { html: string; policy: string } {
	const { language, awayTitle, awayText } = stringsFor(acceptLanguage);
	return {
		html: plainDocument(awayTitle, awayText, { language, script: `<script>${lookForServer}</script>` }),
		policy: bareFrame(lookForServer),
	};
}

/**
 * What stands in the frame of a pane that there is not, e.g. of workforce management: a whole second panel there would take the
 * ring away from the first one.
 */
export function noPanePage(component: string, acceptLanguage?: string): { html: string; policy: string } {
	const { language, noPaneTitle, noPaneText } = stringsFor(acceptLanguage);
	const text = fill(noPaneText, { component: asHtmlText(component) });
	return { html: plainDocument(noPaneTitle, text, { language }), policy: bareFrame() };
}

/** Nothing on such a page can be clicked: it may be framed by anybody, so that the reader sees why. */
function bareFrame(script?: string): string {
	return contentPolicy({
		"default-src": ["'none'"],
		"style-src": ["'unsafe-inline'"],
		"script-src": [script ? `'sha256-${createHash("sha256").update(script).digest("base64")}'` : "'none'"],
		"connect-src": ["'self'"],
		"base-uri": ["'none'"],
		"form-action": ["'none'"],
		"frame-ancestors": ["*"],
	});
}

/**
 * What a page that may not embed the panel is shown in its frame.
 * @param wanted the query of what it asked for
 * @param acceptLanguage of whoever looks at it
 */
export function refusedPage(origin: string, wanted: string, acceptLanguage?: string): { html: string; policy: string } {
	const query = new URLSearchParams(wanted);
	query.set("origin", origin);
	const { language, notEmbeddedTitle, notEmbeddedText } = stringsFor(acceptLanguage);
	const text = fill(notEmbeddedText, { origin: asHtmlText(origin) });
	const look = asHtmlText(`${embeddingPath}?${query}`);
	return {
		html: plainDocument(notEmbeddedTitle, text, {
			language,
			attributes: ` data-look="${look}"`,
			script: `<script>${lookAgain}</script>`,
		}),
		policy: bareFrame(lookAgain),
	};
}

interface Around {
	language?: string;
	attributes?: string;
	script?: string;
}

/** A page that says one thing. */
export function plainDocument(title: string, text: string, around: Around = {}): string {
	const { language = "en", attributes = "", script = "" } = around;
	const direction = language === "ar" ? ' dir="rtl"' : "";
	return `<!doctype html><html lang="${language}"${direction}${attributes}><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:1.25rem;overflow-wrap:anywhere}</style>
<h1 style="font-size:1.1rem">${title}</h1><p>${text}</p>${script}</html>`;
}
