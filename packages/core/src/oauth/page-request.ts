import { type SignInStrings, stringsFor } from "./page/strings.ts";

/** What of an HTTP request counts here. */
export interface PageRequest {
	query: Record<string, string | string[] | undefined>;
	body: unknown;
	headers: Record<string, string | string[] | undefined>;
	ip: string;
}

export function stringsOf(page: Pick<PageRequest, "headers">): SignInStrings {
	return stringsFor(headerOf(page, "accept-language"));
}

export function headerOf({ headers }: Pick<PageRequest, "headers">, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** Against login by another site's form: browsers say where a form comes from; other programs may say nothing. */
export function isOwnPost(page: PageRequest, publicUrl: string): boolean {
	const site = headerOf(page, "sec-fetch-site");
	if (site !== undefined) return site === "same-origin";
	const origin = headerOf(page, "origin");
	if (origin === undefined) return true;
	return origin === publicUrl || URL.parse(origin)?.host === headerOf(page, "host");
}

/** The host of a redirect URI, with its port; undefined when it is at one of these origins. A person must know who gets the code. */
export function foreignHost(redirectUri: string, origins: readonly string[]): string | undefined {
	const { origin, host } = new URL(redirectUri);
	return origins.some((own) => new URL(own).origin === origin) ? undefined : host;
}

/** Whether a request was made for the configured address, by no other page than its own. */
export function isUnder(page: PageRequest, publicUrl: string): boolean {
	const origin = headerOf(page, "origin");
	return headerOf(page, "host") === new URL(publicUrl).host && (origin === undefined || origin === publicUrl);
}

/** What the sign-in page's forms bring; absent fields are empty. */
export interface FormFields {
	ticket: string;
	username: string;
	password: string;
	code: string;
	newPassword: string;
	demo: string;
	/** The page of a ticket is asked for anew, after a try in vain. */
	again: string;
}

export function readForm(body: unknown): FormFields {
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
