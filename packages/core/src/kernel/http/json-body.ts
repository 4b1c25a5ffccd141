import { isUtf8 } from "node:buffer";
import type { FastifyRequest } from "fastify";
import { ApiError, badField } from "./api-error.ts";

/** The same as where a schema refuses a field: it is one more thing that no field may hold. */
const code = "constraint.validation";

/** Objects and lists within each other; no model of the contract comes near. */
const deepest = 64;

/** JSON bodies; an empty one is allowed, as the SDK sends none with some POSTs (platform-api 1.4). */
export function readJson(
	request: FastifyRequest,
	body: string | Buffer,
	done: (error: Error | null, value?: unknown) => void,
): void {
	try {
		done(null, request.routeOptions.config.keepsBytes ? body : jsonOf(body));
	} catch (error) {
		done(error as Error);
	}
}

/** @throws ApiError 400 */
export function jsonOf(body: string | Buffer): unknown {
	return checkedJson(uncheckedJson(body));
}

/**
 * For somebody else's list, of which each is judged by itself: whoever reads it takes only texts out of it, by `keptText`.
 * @throws ApiError 400 for what is no JSON
 */
export function uncheckedJson(body: string | Buffer): unknown {
	if (typeof body !== "string" && !isUtf8(body)) throw malformed("UTF-8");
	const text = body.toString();
	if (text.trim() === "") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw malformed("JSON");
	}
}

/** A text of others that has to be taken, as it can be kept: U+FFFD stands for what no text may hold. */
export function keptText(text: string): string {
	return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}

function malformed(what: string): ApiError {
	return new ApiError(400, "bad.request", "The body is not well-formed {what}.", { params: { what } });
}

/**
 * The value itself, if everything in it can be kept and given back: no half of a surrogate pair or U+0000 in any text or
 * key, no number beyond what JSON can say, nothing nested beyond reason, and no key that reaches an object's prototype.
 * @throws ApiError 400 `constraint.validation` naming the field
 */
export function checkedJson(value: unknown): unknown {
	check(value, "", 0);
	return value;
}

function check(value: unknown, path: string, depth: number): void {
	if (typeof value === "string") checkText(value, path);
	else if (typeof value === "number") checkNumber(value, path);
	else if (typeof value === "object" && value !== null) checkInside(value, path, depth);
}

function checkInside(value: object, path: string, depth: number): void {
	if (depth === deepest) throw badField(topOf(path), `The body is nested more than ${deepest} deep.`, code);
	if (Array.isArray(value)) {
		for (const item of value) check(item, path, depth + 1);
		return;
	}
	// JSON.parse makes it a key like any other; whoever copies the object later would set its prototype, and lose it.
	if (Object.hasOwn(value, "__proto__")) throw badField(path ? `${path}.__proto__` : "__proto__", prototypeText, code);
	for (const [key, child] of Object.entries(value)) {
		checkText(key, path);
		const name = key.slice(0, 100);
		check(child, path === "" ? name : `${path}.${name}`, depth + 1);
	}
}

const prototypeText = "No object may have a key __proto__.";

function checkNumber(value: number, path: string): void {
	if (!Number.isFinite(value)) throw badField(path || "body", `${path || "body"} is not a finite number.`, code);
}

function checkText(text: string, path: string): void {
	if (text.isWellFormed() && !text.includes("\u0000")) return;
	throw badField(
		path || "body",
		`${path || "body"} contains the character U+0000 or half of a surrogate pair, which no text may.`,
		code,
	);
}

function topOf(path: string): string {
	return path.split(".", 1)[0] || "body";
}
