import { Type } from "typebox";
import { badField, notSupported } from "./api-error.ts";
import { Answer, type Route } from "./route.ts";

/** The version that a client has seen, in a request's body; absent or null: it does not say. */
export const SeenVersion = Type.Optional(Type.Union([Type.Integer(), Type.Null()]));

/** The same of what the platform tells its version as text, such as `"3"`; taken as a number, too. */
export const SeenVersionText = Type.Optional(
	Type.Union([Type.Integer(), Type.String({ pattern: "^\\d{1,15}$" }), Type.Null()]),
);

/** An entity with its version as the header too, so that clients can send either back. */
export function versioned<T extends { version: number }>(view: T, status = 200): Answer {
	return new Answer(status, view, { etag: etagOf(view.version) });
}

/** A version as `ETag` and `If-Match` have it. @param kind of a counter beside the one of the body's `version`, such as `r` */
export function etagOf(version: number, kind = ""): string {
	return `"${kind}${version}"`;
}

/**
 * As {@link seenVersion}, of a counter that has a kind of its own. The tag of another resource is none of its states, so it is
 * as stale as can be: 0, which no counter has.
 * @throws ApiError 400 naming what cannot be read
 */
export function seenRevision(headers: Record<string, string | string[] | undefined>, kind: string): number | undefined {
	const header = headers["if-match"];
	if (header === undefined || header === "*") return undefined;
	const [, sent, number] = /^(?:W\/)?"?([a-z]*)(\d{1,15})"?$/.exec(String(header).trim()) ?? [];
	if (number !== undefined) return sent === kind ? Number(number) : 0;
	throw badField("If-Match", `If-Match must be the ETag that was read, such as ${etagOf(3, kind)}.`, "bad.request");
}

/**
 * The version that a change is based on: from `If-Match` (RFC 9110, 13.1.1) or the body's `version`, as the platform has it.
 * Nothing is taken and dropped: what says two different things is refused.
 * @returns undefined when the client does not say, or says `*`
 * @throws ApiError 400 naming what cannot be read
 */
export function seenVersion(
	headers: Record<string, string | string[] | undefined>,
	inBody?: number | string | null,
): number | undefined {
	const inHeader = readIfMatch(headers["if-match"]);
	const sent = typeof inBody === "string" ? Number(inBody) : (inBody ?? undefined);
	if (inHeader !== undefined && sent !== undefined && inHeader !== sent) {
		throw badField("version", `If-Match names version ${inHeader}, the body version ${sent}. Send one of them.`);
	}
	return inHeader ?? sent;
}

/**
 * Refuses a change that depends on a version which the route would not look at: done unseen, it could overwrite what
 * somebody else has just saved.
 * @throws ApiError 400 `not.supported` naming the header
 */
export function refuseUnseenIfMatch(
	{ method, honoursIfMatch }: Pick<Route, "method" | "honoursIfMatch">,
	header: string | undefined,
): void {
	if (header === undefined || header.trim() === "*" || honoursIfMatch) return;
	if (method !== "GET" && method !== "HEAD") throw notSupported(["If-Match"]);
}

function readIfMatch(header: string | string[] | undefined): number | undefined {
	if (header === undefined || header === "*") return undefined;
	const parts = /^(?:(?:W\/)?"(\d{1,15})"|(\d{1,15}))$/.exec(String(header).trim());
	if (parts) return Number(parts[1] ?? parts[2]);
	throw badField("If-Match", 'If-Match must be the version that was read, such as "3".', "bad.request");
}
