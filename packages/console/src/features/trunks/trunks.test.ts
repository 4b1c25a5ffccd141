import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { selfWith } from "../../test-support/selves.ts";
import { adviceOf } from "./state-section.tsx";
import { t } from "./strings.ts";
import { losesPassword, newTrunk, type Trunk, trunkBodyOf, trunkFormOf, trunkProblems } from "./trunk-form.ts";
import { TrunkModel } from "./trunk-model.ts";

const trunk: Trunk = {
	...{ id: "t", name: "Provider", enabled: true, host: "sip.example.com", port: 5070, transport: "tls", version: 3 },
	...{ user: "4930123456", hasPassword: true, domain: "example.com", registers: true, encrypted: true },
	...{
		sources: ["192.0.2.0/24"],
		numberForm: "digits",
		callerNumber: "+4930123456",
		prefixes: ["+49"],
		priority: 7,
		maxCalls: 30,
	},
};

it("a trunk that was opened and saved lost nothing, and its password stayed", () => {
	const { id: _id, version: _version, hasPassword: _has, ...rest } = trunk;
	expect(trunkBodyOf(trunkFormOf(trunk))).toEqual(rest);
	expect(trunkProblems(trunkFormOf(trunk))).toEqual(new Set());
});

it("what was emptied stayed as it was on the server, since it was not sent", () => {
	const emptied = { port: " ", user: "", domain: "", callerNumber: "", maxCalls: "", prefixes: "\n", sources: "" };
	expect(trunkBodyOf({ ...trunkFormOf(trunk), ...emptied, registers: false })).toMatchObject({
		...{
			port: null,
			user: null,
			password: null,
			domain: null,
			callerNumber: null,
			maxCalls: null,
			prefixes: [],
			sources: [],
		},
	});
});

it.each([
	[{ name: " " }, "name"],
	[{ host: "sip.example.com:5060" }, "host"],
	[{ host: "https://sip.example.com" }, "host"],
	[{ port: "70000" }, "port"],
	[{ user: "" }, "user"],
	[{ user: "anna b" }, "user"],
	[{ prefixes: "+49\n030" }, "prefixes"],
	[{ priority: "1001" }, "priority"],
	[{ maxCalls: "0" }, "maxCalls"],
	[{ callerNumber: "030 123" }, "callerNumber"],
	[{ sources: "provider.example" }, "sources"],
])("%o was sent, to be refused", (change, field) => {
	expect([...trunkProblems({ ...trunkFormOf(trunk), ...change })]).toEqual([field]);
});

it("a new trunk needs a name and a host, and nothing else", () => {
	expect([...trunkProblems(trunkFormOf(newTrunk))]).toEqual(["name", "host"]);
});

it("nobody was told that a new place or user needs the password again", () => {
	const form = trunkFormOf(trunk);
	expect(losesPassword(form, trunk)).toBe(false);
	expect(losesPassword({ ...form, host: "sip.other.example" }, trunk)).toBe(true);
	expect(losesPassword({ ...form, user: "other" }, trunk)).toBe(true);
	expect(
		losesPassword({ ...form, port: "5099" }, trunk),
		"an administrator corrected a port and lost the sign-in",
	).toBe(true);
	expect(losesPassword({ ...form, domain: "" }, trunk)).toBe(true);
	expect(losesPassword({ ...form, user: "other", password: "new" }, trunk)).toBe(false);
	expect(losesPassword({ ...form, user: "" }, trunk)).toBe(false);
});

it("a trunk that was refused for its password was said to be unreachable", () => {
	const status = { since: "2026-11-28T12:00:00Z", calls: 0 };
	expect(adviceOf({ ...status, state: "refused", reason: "403 Forbidden" })).toBe("doWho");
	expect(adviceOf({ ...status, state: "refused", reason: "404 Not Found" })).toBe("doRefused");
	expect(adviceOf({ ...status, state: "down", reason: "503 Service Unavailable" })).toBe("doBusy");
	expect(adviceOf({ ...status, state: "down", reason: "In words" })).toBe("doReach");
	expect(adviceOf({ ...status, state: "down", cause: "unknownName", reason: "In words" })).toBe("doName");
	expect(adviceOf({ ...status, state: "down", cause: "passwordLost", reason: "In words" })).toBeUndefined();
	expect(adviceOf({ ...status, state: "down", cause: "noAnswer", reason: "In words" })).toBe("doReach");
	expect(adviceOf({ ...status, state: "up" })).toBeUndefined();
	expect(adviceOf(undefined)).toBeUndefined();
});

it("how a trunk stands was read over what somebody had typed", async () => {
	const path = "/api/inlay/v1/trunks/t";
	const api = new FakeApi().on(`GET ${path}`, trunk);
	const model = new TrunkModel(api, selfWith(), "t");
	await model.loaded.load();
	model.details.change({ password: "secret" });
	const status = { state: "up", since: "2026-11-28T12:00:00Z", calls: 1 };
	api.on(`GET ${path}`, { ...trunk, status });
	await model.live.refresh();
	expect(model.live.value?.status).toEqual(status);
	expect(model.details.form.value?.password).toBe("secret");
	api.on(`PUT ${path}`, (body: unknown) => ({ ...trunk, ...(body as object), version: 4 }));
	expect(await model.save()).toBe(true);
	expect(api.asked.at(-1)?.body).toMatchObject({ password: "secret", version: 3 });
});

it("how many calls run stood there as the pattern that it is made from", () => {
	expect([0, 1, 2].map((count) => t("calls", { count }))).toEqual(["0 calls now", "one call now", "2 calls now"]);
});
