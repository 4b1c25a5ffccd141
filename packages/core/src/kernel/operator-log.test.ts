import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { OperatorLog } from "./operator-log.ts";

function written() {
	const { lines, log } = keptLog();
	const clock = new FakeClock();
	return { lines, clock, log: new OperatorLog(log, clock) };
}

const jwt = (sub: string) =>
	[{ alg: "HS256" }, { sub }]
		.map((part) => btoa(JSON.stringify(part)).replaceAll("=", ""))
		.concat("c2lnbmVk")
		.join(".");

it("a line is written once a minute, with how often it has come; the log in production had removed its code", () => {
	const { lines, clock, log } = written();
	for (let times = 0; times < 5; times++) log.warn({ event: "panel.refused", code: "user.not.in.group" }, "refused");
	log.warn({ event: "panel.refused", code: "deployment.inactive" }, "refused");
	expect(lines.map(({ code, times }) => [code, times])).toEqual([
		["user.not.in.group", undefined],
		["deployment.inactive", undefined],
	]);
	clock.advance(60_000);
	log.warn({ event: "panel.refused", code: "user.not.in.group" }, "refused");
	expect(lines.slice(2).map(({ code, times }) => [code, times])).toEqual([
		["user.not.in.group", 5],
		["user.not.in.group", undefined],
	]);
});

it("whoever sends a thousand different lines does not fill the log, and hides no other event", () => {
	const { lines, clock, log } = written();
	for (let number = 0; number < 1000; number++) log.warn({ event: "script.failed", number }, "failed");
	expect(lines).toHaveLength(200);
	log.warn({ event: "panel.refused", code: "deployment.inactive" }, "refused");
	expect(lines.at(-1)).toMatchObject({ event: "panel.refused" });
	clock.advance(60_000);
	log.warn({ event: "script.failed" }, "failed");
	expect(lines.at(-2)).toMatchObject({ event: "operator-log.full", of: "script.failed", lines: 800 });
});

it.each([
	["screenPop: GET https://crm.example/?access_token=hunter2&x=1 failed", "access_token=[removed]&x=1"],
	["Authorization: Bearer hunter2 was refused", "[removed] was refused"],
	['{"client_secret":"hunter2","a":1}', '"client_secret":"[removed]"'],
	["password = hunter2, user = ann", "password = [removed], user = ann"],
	["sign-in with pw: hunter2 failed", "pw: [removed] failed"],
	["user_pwd=hunter2&x=1 &dbPwd=hunter2", "user_pwd=[removed]&x=1 &dbPwd=[removed]"],
	["Passwort: hunter2, Kennwort=hunter2", "Passwort: [removed], Kennwort=[removed]"],
	["cookie: sid=hunter2; theme=hunter2, refused", "cookie: [removed], refused"],
	["Set-Cookie: sid=hunter2; Path=/; HttpOnly", "Set-Cookie: [removed]"],
	['document.cookie = "sid=hunter2"', 'document.cookie = "[removed]"'],
	[`sent Basic ${btoa("ann:hunter2")} to it`, "sent Basic [removed] to it"],
	["a=ice-ufrag:F7gI\r\na=ice-pwd:hunter2/x9cml\r\na=mid:0", "a=ice-pwd:[removed]\r\na=mid:0"],
	[`got ${jwt("hunter2")} from it`, "got [removed] from it"],
	[`got ${jwt("hunter2").split(".").slice(0, 2).join(".")}, cut off`, "got [removed], cut off"],
	[`got ${jwt("hunter2").split(".")[0]}.`, "got [removed]"],
	[`fetch ${"hunter2".repeat(7)} failed`, "fetch [removed] failed"],
])("a script put a secret into what it threw: %s", (text, left) => {
	const { lines, log } = written();
	log.warn({ event: "script.failed", detail: text, parts: [{ text }] }, "failed");
	for (const secret of ["hunter2", btoa("ann:hunter2"), "eyJ"]) expect(JSON.stringify(lines)).not.toContain(secret);
	expect(lines[0]?.detail).toContain(left);
});

it.each([
	["an operation", { operationId: "patchConversationsAftercallworkConversationIdParticipantCommunication" }],
	["a long code", { code: "notification.subscription.too.many.subscriptions" }],
	["a code of a start", { code: "data.notWritable" }],
	["an operation in a text", { detail: "501: postConversationsCallParticipantCommunicationWrapup does not exist yet" }],
	[
		"words that only begin alike",
		{ detail: "basic settings of the password policy, cookies: blocked, pwa: on, opcode: 7" },
	],
	["what a deployment withholds", { detail: "The deployment gives scripts no token (getAuthToken)." }],
	["a code in a text", { detail: "refused: code=conversation.error.not.conversation.participant, and so on" }],
])("the log took the server's own words for secrets: %s", (_what, words) => {
	const { lines, log } = written();
	log.warn({ event: "access.refused", ...words }, "refused");
	expect(lines[0]).toMatchObject(words);
});

it("a token that is passed in the place of an operation was written", () => {
	const { lines, log } = written();
	log.warn({ event: "x", operationId: "Jr0n2Zq7m3bWJmJ8l5kS0o0cKQf2u1n0y5s9a6d4e3I", detail: "code=Jr0n2" }, "");
	expect(lines[0]).toMatchObject({ operationId: "[removed]", detail: "code=[removed]" });
});

it("lines without room were read all the same, and strangers took everybody's room", () => {
	const { lines, log } = written();
	let read = 0;
	const counted = (number: number) => ({
		event: "script.failed",
		// Looked at once for the mark and once more where it is written.
		detail: { toJSON: () => `text ${number} ${++read}` },
	});
	const stranger = { key: "203.0.113.9", isStranger: true };
	for (let number = 0; number < 100; number++) log.warn(counted(number), "failed", stranger);
	expect(lines).toHaveLength(10);
	expect(read).toBeLessThan(130);
	for (let number = 0; number < 1000; number++)
		log.warn({ event: "script.failed", number }, "failed", { key: `${number}`, isStranger: true });
	log.warn({ event: "script.failed", detail: "an agent's" }, "failed", { key: "u1" });
	expect(lines.at(-1)).toMatchObject({ detail: "an agent's" });
});

it("what names things stays: ids, codes, addresses, ordinary words", () => {
	const { lines, log } = written();
	const line = {
		event: "script.failed",
		code: "framework.callback.threw",
		deploymentId: "3f0c2b1e-8f4e-4b7a-9d55-0b1d8f2d4c11",
		detail: "screenPop: x is not a function (line 3); the code of it, and no token, at https://crm.example/a/b",
	};
	log.warn(line, "failed");
	expect(lines[0]).toMatchObject(line);
});
