import { expect, it } from "vitest";
import { kinds, linesOf, type OutboundThing, problemsOf, timesOf } from "./kinds.ts";

const campaign: OutboundThing = {
	id: "c",
	version: 3,
	name: "Orders",
	contactList: { id: "l" },
	queue: { id: "q" },
	dialingMode: "power",
	phoneColumns: [{ columnName: "cell" }, { columnName: "home" }],
	callableTimeSet: { id: "t" },
	dncLists: [{ id: "d" }, { id: "e" }],
	callerName: "Inlay",
	callerAddress: "+493012345600",
	previewTimeOutSeconds: 30,
	skipPreviewDisabled: true,
	callbackAutoAnswer: false,
	abandonRate: 2.5,
	maxCallsPerAgent: 3,
	outboundLineCount: 8,
	alwaysRunning: true,
	noAnswerTimeout: 25,
	inlay: { shownColumns: ["name"], columnsAsAttributes: true },
};

it("a campaign that was opened and saved lost nothing", () => {
	const { id: _id, version: _version, ...body } = campaign;
	expect(kinds.campaigns.bodyOf(kinds.campaigns.formOf(campaign), campaign)).toEqual(body);
});

it("a contact list that was opened and saved lost nothing", () => {
	const list = {
		...{ id: "l", version: 1, name: "Customers", columnNames: ["id", "cell", "zone"], inlay: { keyColumn: "id" } },
		phoneColumns: [{ columnName: "cell", type: "mobile", callableTimeColumn: "zone" }],
		attemptLimits: { id: "a" },
	};
	const { id: _id, version: _version, ...body } = list;
	expect(kinds.contactlists.bodyOf(kinds.contactlists.formOf(list), list)).toEqual(body);
});

it("callable times that were opened and saved lost a day", () => {
	const lines = "Europe/Berlin 1-5 09:00-20:00\nEurope/Berlin 6,7 10:00-14:00\nAmerica/New_York 1 09:00-24:00";
	expect(linesOf(timesOf(lines) ?? [])).toBe(lines);
});

it.each(["Europe/Berlin", "Europe/Berlin 0-5 09:00-20:00", "Europe/Berlin Mon 09:00-20:00", ""])(
	"%s was sent as a window, to be refused",
	(times) => {
		expect([...problemsOf(kinds.callabletimesets, { name: "Office", times })]).toEqual(["times"]);
	},
);
