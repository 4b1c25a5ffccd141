import { describe, expect, it } from "vitest";
import { readCallLog, readContact } from "./read-input.ts";

describe("a contact's form", () => {
	it("is read with its blanks cut off and empty numbers left out", () => {
		const read = readContact({ name: " Nils ", phones: [{ number: "317 555 0199", label: "" }, { number: " " }] });
		expect(read).toEqual({
			name: "Nils",
			company: "",
			title: "",
			email: "",
			city: "",
			phones: [{ number: "317 555 0199", label: "Phone" }],
		});
	});

	it.each([
		[{}, /^A contact needs a name/],
		[{ name: 5 }, /^A contact needs a name/],
		[undefined, /^A contact needs a name/],
		[{ name: "Nils", phones: [{ number: "call me" }] }, /^“call me” is not/],
		[{ name: "Nils", phones: [{ number: "317-555-0123 / 0124" }] }, /two numbers.*one per line/],
	])("refuses %j in words, not by the names of fields", (body, sentence) => {
		expect(readContact(body)).toMatch(sentence);
	});
});

describe("a call log", () => {
	it("takes what is there and leaves away what is not", () => {
		expect(readCallLog({ notes: "n", call: { direction: "Outbound", phone: "+13175550123" } }, "call-1")).toEqual({
			contactId: undefined,
			subject: "Call",
			notes: "n",
			call: { interactionId: "call-1", direction: "Outbound", phone: "+13175550123" },
		});
	});

	it("an exchange of messages was kept as an inbound call", () => {
		const read = (medium: unknown) => readCallLog({ call: { medium, phone: "+13175550777" } }, "m-1");
		expect(read("message")).toMatchObject({ subject: "Message", call: { medium: "message" } });
		expect(read("callback")).toMatchObject({ subject: "Callback", call: { medium: "callback" } });
		expect(read("fax")).toMatchObject({ subject: "Call", call: { direction: "Inbound" } });
	});
});
