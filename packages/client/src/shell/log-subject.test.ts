import type { Interaction } from "@inlay/contract";
import { expect, it } from "vitest";
import { hasCalled, logSubject, logSubjectIn } from "./log-subject.ts";
import type { Workspace } from "./workspace.ts";

const email = { id: "e1", isEmail: true, isMessage: false, direction: "Inbound", name: "Clara Bell" } as Interaction;

it("the CRM's record of an email said that it was a call", () => {
	expect(logSubject(email, undefined, undefined)).toBe("Email with Clara Bell");
	expect(logSubject({ ...email, direction: "Outbound" }, "Clara", undefined)).toBe("Email with Clara");
});

it("an email that nobody took was logged as a missed call", () => {
	expect(logSubject({ ...email, isDisconnected: true }, undefined, "missed")).toBe("Email with Clara Bell");
});

it("a consult that was missed was logged as a call of the customer's that was", () => {
	const call = { ...email, isEmail: false, isDisconnected: true } as Interaction;
	expect(logSubject(call, undefined, "missed", true)).toBe("Missed question about Clara Bell");
	expect(logSubject(call, undefined, "declined", true)).toBe("Declined question about Clara Bell");
	expect(logSubject(call, undefined, "withdrawn", true)).toBe("Question about Clara Bell, withdrawn");
	const talked = { ...call, connectedTime: "2026-01-05T09:00:00Z" } as Interaction;
	expect(logSubject(talked, undefined, "hungUp", true)).toBe("Call from Clara Bell");
});

it("says what became of a call", () => {
	const call = { ...email, isEmail: false } as Interaction;
	expect(logSubject(call, undefined, undefined)).toBe("Call from Clara Bell");
	expect(logSubject({ ...call, isDisconnected: true }, undefined, "declined")).toBe("Declined call from Clara Bell");
	expect(logSubject({ ...call, isMessage: true }, undefined, undefined)).toBe("Messages with Clara Bell");
});

it("a callback that the agent placed was logged as a call from the customer", () => {
	const callback = { ...email, isEmail: false, isCallback: true } as Interaction;
	expect(logSubject(callback, undefined, undefined)).toBe("Call to Clara Bell");
	const talked = { ...callback, isDisconnected: true, connectedTime: "2026-01-05T09:00:00Z" } as Interaction;
	expect(logSubject(talked, undefined, "hungUp")).toBe("Call to Clara Bell");
	expect(logSubject({ ...callback, isDisconnected: true }, undefined, "missed")).toBe("Missed call from Clara Bell");
	const taken = { id: "p", userId: "me", callbacks: [{}] };
	const hasMade = (calls: object[]) => hasCalled({ source: { participants: [{ ...taken, calls }] } } as never);
	expect([hasMade([]), hasMade([{}])]).toEqual([false, true]);
	expect(logSubject(talked, undefined, "hungUp", false, true), "taken, and ended undialled").toBe(
		"Not called: Clara Bell",
	);
});

it("the subject of a call that was over was rewritten by a panel that knew less of it", () => {
	const address = "+13175550142";
	const live = { id: "c1", remoteName: address, remoteAddress: address, source: {} };
	const panel = (known: object[], name?: string) =>
		({
			session: { conversations: { find: () => known[0] } },
			names: { of: () => name },
			nameOf: () => name ?? "(317) 555-0142",
		}) as unknown as Workspace;
	const call = { id: "c1", direction: "Outbound", displayAddress: address, isDisconnected: true };
	const over = { ...call, connectedTime: "2026-01-05T09:00:00Z" } as Interaction;
	const [number, none, name] = ["Call to (317) 555-0142", "Not called: Ada", "Call to Ada"];
	expect(logSubjectIn(panel([]), over, number), "not here: the raw number").toBe(number);
	expect(logSubjectIn(panel([]), { ...over, isCallback: true } as Interaction, none), "as if it were called").toBe(
		none,
	);
	expect(logSubjectIn(panel([live]), over, name), "the name is not looked up yet").toBe(name);
	expect(logSubjectIn(panel([live], "Ada"), over, number), "a name is more").toBe(name);
	const callback = { ...over, isCallback: true } as Interaction;
	expect(logSubjectIn(panel([live]), callback, number), "the end is known").toBe("Not called: (317) 555-0142");
	expect(logSubjectIn(panel([]), over), "nothing was said yet").toBe("Call to +13175550142");
});
