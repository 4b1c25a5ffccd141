import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { byCode } from "./failure.ts";

const core = fileURLToPath(new URL("../../../core/src/", import.meta.url));

/** Domains whose things the console changes. */
const domains = [
	...["oauth", "users", "authorization", "deployments", "stations", "voice/webcalls", "voice/sip", "web-services"],
	...["sso", "email", "transcription", "people-at-once", "conversations/call/voicemail"],
];
/** What nobody meets here: what has words where it is met, what programs, pages or the panel meet, what the console never sends. */
const elsewhere = new Set([
	...["bad.client.state", "bad.grant.type", "grant.type.required", "missing.client.roles"],
	...["attachment.type", "email.draft.stale", "email.goesOn", "email.notFailed", "email.notUndoable"],
	...["email.recipient.invalid", "email.recipient.unknown", "email.route.noOutbound", "email.size"],
	"bad.credentials",
	"bad.request",
	"import.twin",
	"invalid.code",
	"invalid.old.password",
	"invalid.password",
	"invalid.property",
	"invalid.query.param.value",
	"invalid.value",
	"not.found",
	"not.the.panel",
	"number.nobody.there",
	"origin.not.allowed",
	"own.password",
	"people.changed",
	"request.entity.too.large",
	"second.factor.missing",
	"second.factor.not.offered",
	"too.many.people",
	"too.many.requests",
	"unknown.permission",
]);

const refusals = [
	/clientRefusal\(\s*"([\w.]+)"/g,
	/new ApiError\(\s*\d{3},\s*"([\w.]+)"/g,
	/badField\([^;]*?"([a-z]+(?:\.\w+)+)",?\s*\)/gs,
];

it("administrators read the server's English, or a general text, when something was refused: each code has words of the console's", () => {
	const files = domains.flatMap((domain) => globSync(`${core}${domain}/**/*.ts`)).filter((file) => !/test/.test(file));
	const codes = files.flatMap((file) => {
		const source = readFileSync(file, "utf8");
		return refusals.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code ?? ""));
	});
	expect(codes.length).toBeGreaterThan(30);
	const unknown = [...new Set(codes)].filter((code) => !Object.hasOwn(byCode, code) && !elsewhere.has(code));
	expect(unknown).toEqual([]);
});
