import { badField } from "../kernel/http/api-error.ts";

/**
 * Reads a redirect URI for registration. It is kept and compared as it was written, so it must be written as browsers
 * write it: what they would read as another address than it seems is refused.
 * @throws ApiError 400 naming the field
 */
export function readRedirectUri(text: string): string {
	const url = text.length <= 2_000 && !/[\s\p{Cc}]/u.test(text) ? URL.parse(text) : null;
	if (!url || !/^https?:\/\//i.test(text)) throw refused(text, "must be an absolute http:// or https:// address");
	const found = unwanted.find(([mark]) => text.includes(mark));
	if (found) throw refused(text, `must not have ${found[1]}`);
	const origin = /^[^:]+:\/\/[^/?]*/.exec(text)?.[0] ?? "";
	if (origin.includes("@")) throw refused(text, "must not have a user name or password in it");
	if (origin !== url.origin && origin !== `${url.origin}:${defaultPorts[url.protocol]}`) {
		throw refused(text, `is compared letter by letter and must start as browsers write it: ${url.origin}`);
	}
	return text;
}

const unwanted = [
	["#", "a fragment"],
	["\\", "a backslash"],
	["*", "a wildcard (*): every address is registered whole"],
] as const;

/** A browser leaves these away; a program may write them. */
const defaultPorts: Record<string, string> = { "http:": "80", "https:": "443" };

/** Whether the client may be answered at this address: the whole string counts, there are no patterns (platform-api 2.1). */
export function isRegistered(redirectUris: readonly string[], redirectUri: string | undefined): redirectUri is string {
	return redirectUri !== undefined && redirectUris.includes(redirectUri);
}

function refused(text: string, why: string) {
	return badField("registeredRedirectUri", `The redirect URI "${text.slice(0, 200)}" ${why}.`);
}
