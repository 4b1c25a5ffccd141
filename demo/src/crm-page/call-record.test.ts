import { describe, expect, it } from "vitest";
import type { Contact } from "../crm/model.ts";
import { callRecord } from "./call-record.ts";
import { call } from "./test-support/call.ts";
import { kindText } from "./timeline.tsx";

const clara: Contact = {
	id: "clara",
	name: "Clara Bell",
	company: "",
	title: "",
	email: "",
	city: "",
	phones: [{ number: "+13175550142", label: "Mobile" }],
	createdAt: "2026-01-01T00:00:00Z",
};
const noLog = { attributes: {}, contacts: [], relations: [] };
const sources = {
	agentId: "anna",
	byNumber: async (number: string) => (number === "+13175550142" ? clara : undefined),
};

describe("the record of a call", () => {
	it("a call without a matching number was written into whichever contact was open", async () => {
		const strange = call("c1", { name: "+13175550199", displayAddress: "+13175550199" });
		const record = await callRecord(noLog, strange, sources);
		expect(record.contactId).toBeUndefined();
		expect(record.call).toMatchObject({ interactionId: "c1", agentId: "anna", phone: "+13175550199" });
	});

	it("belongs to whose number it is, and before that to who was chosen", async () => {
		const known = call("c1", { displayAddress: "tel:+13175550142" });
		expect((await callRecord(noLog, known, sources)).contactId).toBe("clara");
		const selectedContact = { type: "contact" as const, id: "theo", text: "Theo", select: true };
		expect((await callRecord({ ...noLog, selectedContact }, known, sources)).contactId).toBe("theo");
	});

	it("an email's stood as a message from nobody", async () => {
		const texts = async (news: Parameters<typeof call>[1]) => {
			const record = await callRecord(noLog, call("c1", news), sources);
			return kindText({ ...record, id: "a1", kind: "call", at: "" });
		};
		expect(await texts({ isEmail: true, direction: "Inbound", displayAddress: "amara@example.com" })).toBe(
			"Inbound email",
		);
		expect(await texts({ isMessage: true, direction: "Inbound" })).toBe("Inbound message");
		expect(await texts({ isMessage: true, direction: "Inbound", displayAddress: "+13175550142" })).toBe("Message from");
	});
});
