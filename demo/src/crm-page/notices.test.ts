import { expect, it } from "vitest";
import { whyNew, whyNewWithoutNumber } from "./caller.ts";
import { noticesOf, noticeText, stateName } from "./notices.ts";
import { call } from "./test-support/call.ts";

const said = (news: Parameters<typeof call>[1]) => noticesOf(call("c", news))[0];

it("whom a campaign or the agent had called was said to be calling, and whom they had written to was said to have written", () => {
	const to = { direction: "Outbound" } as const;
	const from = { direction: "Inbound" } as const;
	const media = [{}, { isMessage: true }, { isEmail: true }, { isDialer: true, isCallback: true }];
	expect(media.map((medium) => said({ ...medium, ...to }))).toEqual([
		"Call to {who}.",
		"Message to {who}.",
		"Email to {who}.",
		"Call to {who}.",
	]);
	expect(said({ isDialer: true, ...from }), "the queue has brought them").toBe("Call to {who}.");
	expect(whyNew(call("c", { isDialer: true, ...from }))).toBe("newFromOther");
	const rings = [{ isDialer: true }, {}].map((one) => stateName(call("c", { state: "ALERTING", ...one, ...from })));
	expect(rings).toEqual(["has been called", "is calling"]);
	expect(media.map((medium) => said({ ...medium, ...from }))).toEqual([
		"Call from {who}.",
		"Message from {who}.",
		"Email from {who}.",
		"The campaign’s next contact is {who}. Nobody is called yet.",
	]);
	expect(
		[{ isEmail: true }, { isMessage: true }, {}].map((one) => whyNewWithoutNumber(call("c", { ...one, ...to }))),
	).toEqual(Array(3).fill("newToWithoutNumber"));
});

it("a name that ended in a full stop got a second one", () => {
	expect(
		["Amara A.", "Clara Bell"].map((who) => noticeText("Message from {who}. What you have typed is kept.", who)),
	).toEqual([
		"Message from Amara A. What you have typed is kept.",
		"Message from Clara Bell. What you have typed is kept.",
	]);
});
