/** Answers to a server's question who we are (RFC 8760, RFC 7616): a digest of the password, never the password. */

import { createHash, randomBytes } from "node:crypto";

export interface Credentials {
	user: string;
	password: string;
}

export interface Challenge {
	realm: string;
	nonce: string;
	algorithm: "MD5" | "SHA-256";
	opaque?: string;
	qop?: "auth";
	/** The nonce alone was too old: the password is right. */
	stale: boolean;
}

const algorithms = { MD5: "md5", "SHA-256": "sha256" } as const;

/** The best of the questions that can be answered; undefined where none can. */
export function readChallenge(values: readonly string[]): Challenge | undefined {
	const known = values.flatMap(readOne);
	return known.find(({ algorithm }) => algorithm === "SHA-256") ?? known[0];
}

/** The value of `Authorization` or `Proxy-Authorization`. */
export function answerTo(
	challenge: Challenge,
	{ user, password }: Credentials,
	{ method, uri }: { method: string; uri: string },
	cnonce = randomBytes(12).toString("hex"),
): string {
	const { realm, nonce, algorithm, opaque, qop } = challenge;
	const digest = (text: string) => createHash(algorithms[algorithm]).update(text).digest("hex");
	const count = "00000001";
	const secret = digest(`${user}:${realm}:${password}`);
	const asked = digest(`${method}:${uri}`);
	const response = digest(
		qop ? `${secret}:${nonce}:${count}:${cnonce}:${qop}:${asked}` : `${secret}:${nonce}:${asked}`,
	);
	const said: Record<string, string> = { username: user, realm, nonce, uri, response };
	const quoted = Object.entries({ ...said, ...(opaque === undefined ? {} : { opaque }) }).map(
		([name, value]) => `${name}="${value.replaceAll(/["\\]/g, "\\$&")}"`,
	);
	const counted = qop ? [`qop=${qop}`, `nc=${count}`, `cnonce="${cnonce}"`] : [];
	return `Digest ${[...quoted, `algorithm=${algorithm}`, ...counted].join(", ")}`;
}

function readOne(value: string): Challenge[] {
	const said = /^digest\s+(.*)$/is.exec(value.trim())?.[1];
	if (said === undefined) return [];
	const { realm = "", nonce, algorithm = "MD5", opaque, qop = "", stale = "" } = quotedParams(said);
	const known = algorithm.toUpperCase();
	if (nonce === undefined || (known !== "MD5" && known !== "SHA-256")) return [];
	const offered = qop.split(",").map((one) => one.trim().toLowerCase());
	// Only `auth-int` is offered: that is not spoken here.
	if (qop !== "" && !offered.includes("auth")) return [];
	return [
		{
			...{ realm, nonce, algorithm: known },
			...(opaque === undefined ? {} : { opaque }),
			...(qop === "" ? {} : { qop: "auth" as const }),
			stale: stale.toLowerCase() === "true",
		},
	];
}

/** `name=value, name="value"`. */
function quotedParams(text: string): Record<string, string | undefined> {
	const all = text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g);
	return Object.fromEntries(
		[...all].map(([, name = "", quoted, plain]) => [name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, "$1") ?? plain]),
	);
}
