import { cookieIn } from "../kernel/http/cookies.ts";
import { deviceDays } from "../users/sign-in/devices.ts";

/** `__Host-`: of this host alone, whole, and over https (or localhost), as browsers guarantee by the name. */
const name = "__Host-inlay-device";

/**
 * The cookie by which a browser is known again (decision 11). Partitioned (CHIPS): in a CRM's iframe it belongs to that CRM,
 * so nobody can be followed by it from site to site.
 */
export function deviceCookie(value: string): string {
	const maxAge = deviceDays * 86_400;
	return `${name}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=None; Partitioned`;
}

/** @param header the request's cookies */
export function readDeviceCookie(header: string | undefined): string | undefined {
	return cookieIn(header, name);
}
