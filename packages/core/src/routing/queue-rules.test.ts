import { describe, expect, it } from "vitest";
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
		["Sales", "sales"],
		["Sal*", "sal%"],
		["*les", "%les"],
		["*al*", "%al%"],
		["*", "%"],
		["50%_off", "50\\%\\_off"],
	])("filter %s is the pattern %s", (filter, pattern) => {
		expect(namePattern(filter)).toBe(pattern);
	});
});
