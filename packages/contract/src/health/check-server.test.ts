import { expect, it, test } from "vitest";
import { checkServer } from "./check-server.ts";
import type { FindingCode } from "./codes.ts";
import { findingTexts } from "./finding-texts.ts";
import type { ServerFacts } from "./server-facts.ts";

const now = "2026-11-27T12:00:00.000Z";
const healthy: ServerFacts = {
	publicUrl: "https://inlay.example",
	address: { answers: "same" },
	certificate: { host: "inlay.example", ends: "2027-01-27T12:00:00Z" },
	clockOff: 0.2,
	freeBytes: 50e9,
	isFull: false,
	databaseMs: 1,
	backup: { at: "2026-11-27T01:00:00Z" },
	media: { works: true },
	panel: { url: "https://panel.example", address: { answers: "same" } },
	mailServers: [],
	now,
};
const failed = { count: 3, detail: "550 no such user", at: now };

it("finds nothing on a server that is well", () => {
	expect(checkServer(healthy)).toEqual([]);
	expect(checkServer({ publicUrl: "http://localhost:8080", now })).toEqual([]);
});

test.each<[FindingCode, Partial<ServerFacts>]>([
	["server.url.unreachable", { address: { answers: "nobody", detail: "ECONNREFUSED" } }],
	["server.url.other", { address: { answers: "other" } }],
	["server.url.insecure", { publicUrl: "http://inlay.example" }],
	["server.url.insecure", { panel: { url: "http://panel.example" } }],
	[
		"server.panel.unreachable",
		{ panel: { url: "https://p.example", address: { answers: "nobody", detail: "ENOTFOUND" } } },
	],
	["server.panel.other", { panel: { url: "https://p.example", address: { answers: "other" } } }],
	[
		"server.certificate.invalid",
		{ panel: { url: "https://p.example", certificate: { host: "p.example", fault: "expired" } } },
	],
	["server.certificate.invalid", { certificate: { host: "inlay.example", fault: "self-signed" } }],
	["server.certificate.ending", { certificate: { host: "inlay.example", ends: "2026-12-01T00:00:00Z" } }],
	["server.clock.off", { clockOff: -30 }],
	["server.disk.full", { isFull: true, freeBytes: 1 }],
	["server.disk.low", { freeBytes: 5e8 }],
	["server.database.slow", { databaseMs: 400 }],
	["server.backup.unknown", { backup: "untold" }],
	["server.backup.unknown", { backup: { unreadable: "ENOENT" } }],
	["server.backup.old", { backup: { at: "2026-11-20T00:00:00Z" } }],
	["server.media.unreachable", { media: { works: false, address: "10.0.0.1:4000", detail: "timeout" } }],
	["server.media.unreachable", { media: { works: false, address: "", detail: "no connection" } }],
	["server.mail.unreachable", { mailServers: [{ domain: "a.example", host: "smtp.a.example", detail: "timeout" }] }],
	["server.mail.unsigned", { unsignedMails: [{ domain: "a.example", name: "k._domainkey.a.example", text: "p=x" }] }],
	["server.mail.failing", { failedMails: failed }],
	["server.messages.failing", { failedMessages: failed }],
	["server.recordings.failing", { failedRecordings: 2 }],
])("%s, and nothing else", (code, part) => {
	expect(checkServer({ ...healthy, ...part }).map((one) => one.code)).toEqual([code]);
});

test("the panel's certificate at another port of the same name was not looked at: agents met an expired one untold", () => {
	const fine = { host: "inlay.example", ends: "2027-01-27T12:00:00Z" };
	const panel = { url: "https://inlay.example:8443", certificate: { host: "inlay.example", fault: "expired" } };
	const codes = (certificate: typeof fine) =>
		checkServer({ ...healthy, certificate: fine, panel: { ...panel, certificate } }).map((one) => one.code);
	expect(checkServer({ ...healthy, panel }).map((one) => one.code)).toEqual(["server.certificate.invalid"]);
	expect(codes(fine)).toEqual([]);
	const soon = { host: "inlay.example", ends: "2026-12-01T00:00:00Z" };
	const both = checkServer({ ...healthy, certificate: soon, panel: { url: panel.url, certificate: soon } });
	expect(
		both.map((one) => one.code),
		"one certificate at both is told once",
	).toEqual(["server.certificate.ending"]);
});

test("a backup's file that nobody could read was told as if nobody had named one", () => {
	const [found] = checkServer({ ...healthy, backup: { unreadable: "EACCES" } });
	expect(found?.cause).toEqual({ say: "server.backup.unknown.unreadable.cause", values: { detail: "EACCES" } });
	expect(findingTexts["server.backup.unknown.unreadable.cause"]).toContain("{detail}");
});
