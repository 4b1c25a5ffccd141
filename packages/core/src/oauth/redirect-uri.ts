import { badField } from "../kernel/http/api-error.ts";

/**
 * Reads a redirect URI for registration. It is kept and compared as it was written.
 * @throws ApiError 400 naming the field
 */
export function readRedirectUri(text: string): string {
	const url = text.length <= 2_000 && !/\s/.test(text) ? URL.parse(text) : null;
	if (!url || !["http:", "https:"].includes(url.protocol)) {
		throw refused(text, "must be an absolute http or https address");
	}
	if (text.includes("#")) throw refused(text, "must not have a fragment");
	if (url.username || url.password) throw refused(text, "must not have a user name or password in it");
	return text;
}

/** Whether the client may be answered at this address: the whole string counts, there are no patterns (platform-api 2.1). */
export function isRegistered(redirectUris: readonly string[], redirectUri: string | undefined): redirectUri is string {
	return redirectUri !== undefined && redirectUris.includes(redirectUri);
}

function refused(text: string, why: string) {
	return badField("registeredRedirectUri", `The redirect URI "${text.slice(0, 200)}" ${why}.`);
}
