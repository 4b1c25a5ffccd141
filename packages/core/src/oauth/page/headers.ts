import { createHash } from "node:crypto";
import { contentPolicy } from "../../kernel/http/security-headers.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** Who may frame the page and where its form may lead. */
export interface PagePolicy {
	/** CSP sources, e.g. `https://crm.example` or `*`; nobody when empty. */
	frameAncestors: readonly string[];
	/** Origins to which the redirect URI leads: browsers check the form's redirects against them too. */
	formTargets: readonly string[];
}

/** Headers of a sign-in page: nothing is loaded, nothing runs but the page's own style and script, nobody stores it. */
export function pageHeaders(policy: PagePolicy): Record<string, string> {
	const ancestors = policy.frameAncestors.filter(isSource);
	return {
		"content-type": "text/html; charset=utf-8",
		"content-security-policy": contentPolicy({
			"default-src": ["'none'"],
			"style-src": [hashSource(style)],
			"script-src": [hashSource(script)],
			// The page's own icon: what Firefox asks for otherwise is refused, and it says so.
			"img-src": ["data:"],
			// The script sends the form where the page stands in a frame.
			"connect-src": ["'self'"],
			"base-uri": ["'none'"],
			"form-action": ["'self'", ...policy.formTargets],
			"frame-ancestors": ancestors.length > 0 ? ancestors : ["'none'"],
		}),
		"cache-control": "no-store",
		// The form's own post must still say where it comes from: `no-referrer` would make its origin "null".
		"referrer-policy": "same-origin",
		vary: "accept-language",
	};
}

function hashSource(text: string): string {
	return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Settings are checked when they are stored; a header is the wrong place to find out that one was not. */
function isSource(text: string): boolean {
	return /^[A-Za-z0-9*:/.[\]-]+$/.test(text);
}
