import { Secret, TOTP } from "otpauth";

/** As every authenticator app expects it: SHA-1, six digits, thirty seconds (RFC 6238). */
const shape = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** Steps before and after the present one that are good too: clocks of phones differ, and people type slowly. */
const window = 1;
/** RFC 4226, 4 recommends 160 bits. */
const secretBytes = 20;

export function newSecret(): string {
	return new Secret({ size: secretBytes }).base32;
}

/** What an authenticator app reads off the picture. */
export function enrolmentUri(secret: string, names: { issuer: string; account: string }): string {
	return new TOTP({ ...shape, issuer: names.issuer, label: names.account, secret }).toString();
}

/** The step of time that a code belongs to; undefined when it is none of those that are good now. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
	const timestamp = now.getTime();
	const token = code.replace(/[\s-]/g, "");
	if (!/^\d{6}$/.test(token)) return undefined;
	const delta = new TOTP({ ...shape, secret }).validate({ token, timestamp, window });
	return delta === null ? undefined : Math.floor(timestamp / 1000 / shape.period) + delta;
}

/** The code of a moment: for tests, as an app would show it. */
export function codeAt(secret: string, at: Date): string {
	return new TOTP({ ...shape, secret }).generate({ timestamp: at.getTime() });
}
