import { cookieIn } from "../kernel/http/cookies.ts";

/** `__Host-`: of this host alone, whole, and over https (or localhost); nobody beside it can set one. */
const name = "__Host-inlay-session";
const attributes = "Path=/; Secure; HttpOnly; SameSite=None; Partitioned";

/**
 * The cookie of the sign-in session (decision 27). Partitioned (CHIPS): a sign-in in a CRM's frame is known in that CRM's
 * frames alone. It ends with the browser.
 */
export function sessionCookie(secret: string): string {
	return `${name}=${secret}; ${attributes}`;
}

/** Takes the cookie from the browser. */
export const noSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

/** @param header the request's cookies */
export function readSessionCookie(header: string | undefined): string | undefined {
	return cookieIn(header, name);
}
