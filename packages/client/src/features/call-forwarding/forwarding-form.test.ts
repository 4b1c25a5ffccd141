import { describe, expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import { ForwardingForm } from "./forwarding-form.ts";
import { refusalOf } from "./refusal.ts";

const saved = {
	enabled: true,
	calls: [
		{
			targets: [
				{ type: "STATION", value: "mine" } as const,
				{ type: "STATION", value: "somebody's" } as const,
				{ type: "PHONENUMBER", value: "+491512345678" } as const,
			],
		},
	],
	voicemail: "NONE" as const,
};

const form = () => new ForwardingForm(() => "mine");

describe("the form of call forwarding", () => {
	it("lost phones that were set elsewhere, and sent what was left empty", () => {
		const shown = form();
		shown.take(saved);
		shown.change(0, { numbers: ["+491512345678", " "] });
		shown.addStep();
		expect(shown.wish()).toEqual({
			...saved,
			calls: [{ targets: expect.arrayContaining(saved.calls[0]?.targets ?? []) }],
		});
	});

	it("what was being typed was replaced by another panel's change", () => {
		const shown = form();
		shown.take(saved);
		shown.change(0, { numbers: ["+4930"] });
		shown.take({ ...saved, enabled: false });
		expect([shown.steps.value[0]?.numbers, shown.enabled.value]).toEqual([["+4930"], true]);
	});

	it("said a JSON path to the agent, and in English to whoever reads another language", () => {
		const show = (number: string) => `<${number}>`;
		const text = "calls[0].targets[0].value must be a phone number";
		const params = { reason: "blocked", number: "+979" };
		expect(refusalOf({ code: "forwarding.target.invalid", text, params }, show)).toContain("such as <+979>");
		expect(refusalOf({ code: "forwarding.loop", text, params: {} }, show)).not.toContain("calls[0]");
	});

	it("says what the server refuses, and keeps what was typed", async () => {
		const shown = form();
		shown.take(saved);
		shown.change(0, { numbers: ["112"] });
		const refusal = new ApiError(400, { code: "forwarding.target.invalid", message: "No emergency numbers." });
		expect(await shown.save(() => Promise.reject(refusal))).toBe(false);
		expect(shown.problem.value).toMatchObject({ code: "forwarding.target.invalid", text: "No emergency numbers." });
		shown.take(saved);
		expect(shown.steps.value[0]?.numbers).toEqual(["112"]);
	});
});
