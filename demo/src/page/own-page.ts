import { Answer } from "@inlay/core";
import type { DemoFile } from "../demo-file.ts";

/** Whether a form was sent by a page of the demo: another site's form would be one, too. @param origin the request's */
export function isOwnPage({ api }: Pick<DemoFile, "api">, origin: unknown): boolean {
	return origin === new URL(api).origin;
}

/** A page that the server writes. @param policy what it may load and run beside its style */
export function pageAnswer(status: number, html: string, policy: readonly string[] = []): Answer {
	const rules = [
		"default-src 'none'",
		"style-src 'unsafe-inline'",
		"img-src data:",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		...policy,
	];
	return new Answer(status, html, {
		"content-type": "text/html; charset=utf-8",
		"cache-control": "no-store",
		"content-security-policy": rules.join("; "),
		// Without any referrer the browser would not say either whose page the forms are of.
		"referrer-policy": "same-origin",
	});
}
