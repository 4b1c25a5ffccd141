import { expect, it } from "vitest";
import { keptLog } from "../test-support/log-lines.ts";

it.each([
	"deployment.inactive",
	"ECONNREFUSED",
	"57P01",
	"data.notWritable",
	"media.start-failed",
	"notification.subscription.too.many.subscriptions",
	"HPE_HEADER_OVERFLOW",
	"23505",
])("the name of an error was removed as if it were a secret: %s", (code) => {
	const { log, lines } = keptLog();
	log.warn({ code, err: Object.assign(new Error("no"), { code }) }, "failed");
	expect(lines[0]).toMatchObject({ code, err: { code } });
});

it.each([
	["an authorization code", { code: "Jr0n2Zq7m3bWJmJ8l5kS0o0cKQf2u1n0y5s9a6d4e3I" }],
	["a code of a second factor", { code: "123456" }],
	["a recovery code", { body: { code: "k3m9-abcd-efgh-2345" } }],
	["a password", { body: { user: { password: "hunter2" } } }],
	["a token", { token: "hunter2", headers: { authorization: "Bearer hunter2" } }],
])("no line has %s in it, should somebody log a request whole", (_what, fields) => {
	const { log, lines } = keptLog();
	log.warn(fields, "failed");
	const text = JSON.stringify(lines);
	expect(text).toContain("[removed]");
	expect(text).not.toMatch(/hunter2|123456|k3m9|Jr0n/);
});
