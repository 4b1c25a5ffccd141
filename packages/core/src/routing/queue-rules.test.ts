import { describe, expect, it } from "vitest";
import type { Principal } from "../kernel/principal.ts";
import { requireToRead } from "./ports.ts";
import { callAlertingSeconds, defaultQueueSettings, namePattern, queueSettings } from "./queue-rules.ts";

describe("queue settings", () => {
	it("have every medium's defaults", () => {
		const settings = queueSettings({}, defaultQueueSettings);
		expect(callAlertingSeconds(settings)).toBe(20);
		expect(settings.mediaSettings.email?.alertingTimeoutSeconds).toBe(300);
		expect(settings.acwSettings).toEqual({ wrapupPrompt: "MANDATORY" });
	});

	it("keep what is left away and lose what is null", () => {
		const before = queueSettings(
			{ peerId: "crm-7", mediaSettings: { call: { alertingTimeoutSeconds: 12 } } },
			defaultQueueSettings,
		);
		const after = queueSettings(
			JSON.parse('{"peerId":null,"mediaSettings":{"call":{"serviceLevel":{"percentage":0.5}}}}'),
			before,
		);
		expect(after.peerId).toBeUndefined();
		expect(after.mediaSettings.call).toMatchObject({ alertingTimeoutSeconds: 12, serviceLevel: { percentage: 0.5 } });
	});

	it.each([
		["MANDATORY", undefined, undefined],
		["OPTIONAL", undefined, undefined],
		["MANDATORY_TIMEOUT", 5000, 5000],
		["MANDATORY_FORCED_TIMEOUT", undefined, 300_000],
	] as const)("wrap-up prompt %s with %s ms keeps %s ms", (wrapupPrompt, timeoutMs, kept) => {
		const acwSettings = { wrapupPrompt, ...(timeoutMs ? { timeoutMs } : {}) };
		expect(queueSettings({ acwSettings }, defaultQueueSettings).acwSettings.timeoutMs).toBe(kept);
	});
});

it("a time for after-call work was taken and dropped where the prompt has none", () => {
	const acwSettings = { wrapupPrompt: "OPTIONAL", timeoutMs: 5000 } as const;
	expect(() => queueSettings({ acwSettings }, defaultQueueSettings)).toThrow(/timeoutMs/);
});

describe("names", () => {
	it.each([
		["Sales", "Sales"],
		["Sal*", "Sal%"],
		["*les", "%les"],
		["*al*", "%al%"],
		["*", "%"],
		["50%_off", "50\\%\\_off"],
	])("filter %s is the pattern %s", (filter, pattern) => {
		expect(namePattern(filter)).toBe(pattern);
	});
});

describe("a queue's settings, one after the other", () => {
	const named = queueSettings({ peerId: "crm-7" }, defaultQueueSettings);

	it.each<[string, object, object]>([
		["what is left away stays", {}, { peerId: "crm-7" }],
		["another name for it", { peerId: "crm-8" }, { peerId: "crm-8" }],
		["null lets go of it", { peerId: null }, {}],
	])("peerId: %s", (_what, sent, kept) => {
		const { peerId } = queueSettings(JSON.parse(JSON.stringify(sent)), named);
		expect(peerId === undefined ? {} : { peerId }).toEqual(kept);
	});

	it.each([
		["call", 20],
		["callback", 30],
		["chat", 30],
		["email", 300],
		["message", 30],
	] as const)(
		"%s rings %i s where nobody says otherwise, and keeps that when another medium is set",
		(medium, seconds) => {
			const other = medium === "call" ? "email" : "call";
			const after = queueSettings({ mediaSettings: { [other]: { alertingTimeoutSeconds: 9 } } }, named);
			expect(after.mediaSettings[medium]?.alertingTimeoutSeconds).toBe(seconds);
			expect(after.mediaSettings[other]?.alertingTimeoutSeconds).toBe(9);
		},
	);

	it("a field of a medium that is null was taken for a setting", () => {
		const sent = JSON.parse('{"mediaSettings":{"call":{"alertingTimeoutSeconds":null,"enableAutoAnswer":true}}}');
		expect(queueSettings(sent, named).mediaSettings.call).toMatchObject({
			alertingTimeoutSeconds: 20,
			enableAutoAnswer: true,
		});
	});

	it("after-call work without a prompt is refused by name", () => {
		expect(() => queueSettings({ acwSettings: {} as never }, named)).toThrow(/wrapupPrompt/);
	});
});

describe("what is of all divisions", () => {
	const viewer = (...divisions: string[]) =>
		({ grants: [{ permission: "routing:wrapupCode:view", divisions: new Set(divisions) }] }) as unknown as Principal;
	const reads = (principal: Principal, divisionId: string) => () =>
		requireToRead(principal, ["routing:wrapupCode:view"], divisionId);

	it.each<[string, Principal, string, boolean]>([
		["in one's own division", viewer("north"), "north", true],
		["in another division", viewer("north"), "south", false],
		["of all divisions, seen from one", viewer("north"), "*", true],
	])("was hidden from who may read, or shown to who may not: %s", (_where, principal, divisionId, may) => {
		if (may) expect(reads(principal, divisionId)).not.toThrow();
		else expect(reads(principal, divisionId)).toThrow(expect.objectContaining({ status: 403 }));
	});
});
