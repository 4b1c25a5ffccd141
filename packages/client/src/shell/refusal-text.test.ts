import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import { meanings, refusalText } from "./refusal-text.ts";
import { Workspace } from "./workspace.ts";

const core = fileURLToPath(new URL("../../../core/src/", import.meta.url));

/** Domains whose refusals an agent at the panel meets. */
const domains = [
	"conversations",
	"desks",
	"presence",
	"recordings",
	"routing",
	"stations",
	"voice",
	"kernel",
	"messaging",
	"email",
];
/** What no agent meets: the console's, programs', or what has words of its own where it is met. */
const elsewhere = new Set([
	"authentication.required",
	"bad.credentials",
	"ip.not.authorized",
	"origin.not.allowed",
	"number.nobody.there",
	"unsupported.media.type",
	"file.range",
	"quality.too.many.parts",
	"not.the.panel",
	"callback.limit.perInteraction",
	"outbound.skip.disabled",
	"outbound.skip.called",
	// A guest's, whom the messenger tells in their own words.
	"message.session.ended",
	"message.session.expired",
	"message.empty",
	"message.file.ticket",
	"message.signin.refused",
	"message.transcript.off",
	"message.transcript.often",
	"message.transcript.busy",
	"message.transcript.failed",
	// A carrier's, which brings it again.
	"message.media.missing",
	"too.many.messages",
	"email.domain.inUse",
	"email.domain.sends",
	"email.dkim.unpublished",
	"email.recipient.unknown",
	// The self-test page's, which says in its own words that sound could not be tried.
	"probes.busy",
	"probe.answer",
]);

it("an agent read English where they had chosen another language: each code of the server has words of the panel's", () => {
	const sources = domains
		.flatMap((domain) => globSync(`${core}${domain}/**/*.ts`))
		.filter((file) => !/test/.test(file));
	const codes = sources.flatMap((file) =>
		[...readFileSync(file, "utf8").matchAll(/new ApiError\(\s*\d{3},\s*"([\w.]+)"/g)].map(([, code]) => code ?? ""),
	);
	expect(codes.length).toBeGreaterThan(30);
	const unknown = [...new Set(codes)].filter((code) => !Object.hasOwn(meanings, code) && !elsewhere.has(code));
	expect(unknown).toEqual([]);
});

it("names whom and how many the refusal is about", () => {
	const error = new ApiError(409, {
		code: "conference.limit",
		message: "A call may have at most 6 parties.",
		messageParams: { limit: "6" },
	});
	expect(refusalText(error)).toBe("A call may have at most 6 parties.");
	expect(refusalText(new ApiError(400, { code: "somebody.elses" }))).toBeUndefined();
});

it("a refusal beside what it is about was said in English where its words had not come yet", async () => {
	const refused = new ApiError(409, { code: "message.conversation.busy", message: "Somebody else is writing." });
	expect(await Workspace.prototype.describe(refused)).toBe(refusalText(refused));
});
