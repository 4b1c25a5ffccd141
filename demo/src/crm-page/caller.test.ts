import { describe, expect, it } from "vitest";
import { callerOf, emailOf, isUncalled, mediumOf, whyNew, whyNewWithoutNumber } from "./caller.ts";
import { call } from "./test-support/call.ts";

describe("who is calling", () => {
	it("a colleague's name stood in the phone field of a customer's form", () => {
		const internal = call("i", { isInternal: true, name: "Ben Agent", displayAddress: "Ben Agent", ani: "Internal" });
		expect(callerOf(internal, "Ben Agent")).toEqual({ number: "", name: "Ben Agent" });
		const extension = call("i", { isInternal: true, name: "Ben Agent", phone: "+13175550110" });
		expect(callerOf(extension).number).toBe("");
	});

	it("the name of a caller without a number stood in the phone field", () => {
		const nameless = call("i", { name: "Nora Nobody", displayAddress: "Nora Nobody" });
		expect(callerOf(nameless, "Nora Nobody")).toEqual({ number: "", name: "Nora Nobody" });
		expect(callerOf(call("i", { name: "Nora Nobody" }))).toEqual({ number: "", name: "Nora Nobody" });
	});

	it("a preview that nobody had called was connected, with Hold and Hang up", () => {
		const preview = call("p", { isCallback: true, isDialer: true, direction: "Inbound" });
		expect(isUncalled(preview)).toBe(true);
		expect(isUncalled({ ...preview, state: "DIALING", direction: "Outbound" })).toBe(false);
		expect(isUncalled(call("c", { isDialer: true, direction: "Outbound" }))).toBe(false);
	});

	it("a contact whom the campaign had called was calling, and one who had gone back still was", () => {
		const preview = call("p", { isCallback: true, isDialer: true, direction: "Inbound" });
		const called = { ...preview, direction: "Outbound" } as const;
		expect([preview, called, undefined].map(whyNew)).toEqual(["newFromPreview", "newFromOther", "newFromOther"]);
		expect(whyNew(call("c", { direction: "Inbound" }))).toBe("newFromCall");
	});

	it("a message of an unknown number was calling, and was kept as an inbound call", () => {
		const message = call("m", { isMessage: true, direction: "Inbound" });
		expect([whyNew(message), whyNew({ ...message, isDisconnected: true })]).toEqual(["newFromMessage", "newFromOther"]);
		const callback = call("b", { isCallback: true });
		expect([message, callback, call("c")].map(mediumOf)).toEqual(["message", "callback", "call"]);
	});

	it("an email of somebody unknown was a call without a number, and their address was typed by hand", () => {
		const email = call("e", {
			isEmail: true,
			direction: "Inbound",
			name: "a.b@c.example",
			displayAddress: "a.b@c.example",
		});
		const text = call("m", { isMessage: true, direction: "Inbound", displayAddress: "a.b@c.example" });
		const caller = call("c", { direction: "Inbound" });
		expect([email, text, caller].map(whyNewWithoutNumber)).toEqual([
			"newEmail",
			"newMessageWithoutNumber",
			"newWithoutNumber",
		]);
		expect([email, text, caller].map(emailOf)).toEqual(["a.b@c.example", "", ""]);
	});

	it("is a number, and a name only where it says more than the number", () => {
		const known = call("i", { name: "Clara Bell", displayAddress: "tel:+13175550142" });
		expect(callerOf(known)).toEqual({ number: "+13175550142", name: "Clara Bell" });
		const bare = call("i", { name: "+13175550142", displayAddress: "+13175550142" });
		expect(callerOf(bare, "+13175550142")).toEqual({ number: "+13175550142", name: "" });
	});
});
