import { badField } from "../../kernel/http/api-error.ts";
import { type PublicJwk, publicKeyOf } from "./signed-token.ts";

/** What everybody may read of a key (RFC 7517, 4; RFC 7518, 6; RFC 8037, 2). */
const publicMembers = new Set([
	"kty",
	"use",
	"key_ops",
	"alg",
	"kid",
	"x5u",
	"x5c",
	"x5t",
	"x5t#S256",
	"crv",
	"x",
	"y",
	"n",
	"e",
]);
/** Of private and of shared keys (RFC 7518, 6), however they are written. */
const privateMembers = new Set(["d", "p", "q", "dp", "dq", "qi", "oth", "k"]);

/**
 * The public keys of a JWK set, or of a single key, as they are to be kept. Whoever may look at the settings reads them, so
 * nothing is in them that is not known to be public, wherever it stands: private keys travel under names of all kinds.
 * @throws ApiError 400 naming the field
 */
export function readKeySet(json: string, field: string): string {
	const value = parsed(json);
	const isSet = isObject(value) && Object.hasOwn(value, "keys");
	if (isSet) refuseBeside(value, field);
	const keys = isSet ? value.keys : [value];
	if (!Array.isArray(keys) || keys.length === 0 || !keys.every((one) => isObject(one) && Object.hasOwn(one, "kty")))
		throw badField(field, "keys must be a JWK set as JSON, or the http:// or https:// address of one.");
	for (const key of keys as Record<string, unknown>[]) refuseUnknown(key, field);
	const signing = (keys as PublicJwk[]).filter(({ use }) => use !== "enc");
	if (signing.length === 0 || signing.some((jwk) => publicKeyOf(jwk) === undefined))
		throw badField(field, "keys must be public keys that sign, of RSA with 2048 bits at least.");
	return asRead(json, value);
}

/** What was judged: of a name that stands there twice, JSON says the last, and the text would keep both. */
function asRead(json: string, value: unknown): string {
	const judged = JSON.stringify(value);
	return json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1") === judged ? json : judged;
}

function refuseBeside(set: Record<string, unknown>, field: string): void {
	const other = Object.keys(set).find((name) => name !== "keys");
	if (other !== undefined)
		throw badField(field, `A JWK set has "keys" and nothing else here: leave "${short(other)}" out.${ifPrivate}`);
}

function refuseUnknown(key: Record<string, unknown>, field: string): void {
	const which = typeof key.kid === "string" ? `"${short(key.kid)}"` : "one of them";
	for (const [name, value] of Object.entries(key)) {
		if (privateMembers.has(name.toLowerCase()) && !publicMembers.has(name))
			throw badField(
				field,
				`keys must be public keys, and ${which} is a private key: whoever has seen it can sign in as anybody. Make a new one, and give only its public part.`,
			);
		if (!publicMembers.has(name))
			throw badField(field, `"${short(name)}" is no part of a public key: leave it out of ${which}.${ifPrivate}`);
		if (!isText(value)) throw badField(field, `"${name}" must be text in ${which}.`);
	}
}

const ifPrivate = " If it holds a private key, make a new one.";

function isText(value: unknown): boolean {
	return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function short(name: string): string {
	return name.slice(0, 60);
}
