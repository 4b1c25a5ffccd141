import { expect, it } from "vitest";
import { afterAttempt, choose, mapped, type Situation, withAttempt } from "./choose.ts";
import type { AttemptLimitsValue, Contact, SystemResult, Tries } from "./model.ts";

const now = new Date("2026-11-26T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const nothing: Tries = { attempts: 0, columns: {} };
const cell = { number: "+4915123456710", callable: true };
const home = { number: "+493012345610", callable: true };
const contact = (changes: Partial<Contact> = {}): Contact => ({
	id: "c1",
	contactListId: "l1",
	position: 1,
	data: { zone: "Europe/Berlin", homeZone: "America/Los_Angeles" },
	callable: true,
	numbers: { cell, home },
	dateCreated: now,
	...changes,
});
const situation: Situation = {
	mode: "progressive",
	columns: [
		{ columnName: "cell", callableTimeColumn: "zone" },
		{ columnName: "home", callableTimeColumn: "homeZone" },
	],
	zone: "UTC",
	dnc: new Set(),
	justDialled: new Set(),
	now,
};
const week = (timeZoneId: string) => ({
	timeZoneId,
	timeSlots: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, startTime: "09:00", stopTime: "20:00" })),
});
const chosen = (changes: Partial<Situation>, tries = nothing, who = contact()) => {
	const choice = choose(who, tries, { ...situation, ...changes });
	return choice.kind === "call" ? choice.numbers.map((one) => one.column).join(" ") : choice.why;
};

it.each<[string, string, Partial<Situation>, Tries?, Contact?]>([
	["the first column first", "cell home", {}],
	["a contact that is not callable was called", "notCallable", {}, nothing, contact({ callable: false })],
	[
		"a number that is not callable was called",
		"home",
		{},
		nothing,
		contact({ numbers: { cell: { ...cell, callable: false }, home } }),
	],
	["a number on the list of those not to be called was called", "home", { dnc: new Set([cell.number]) }],
	["nobody is left to call", "dnc", { dnc: new Set([cell.number, home.number]) }],
	["a number that rang for another contact a moment ago rang again", "home", { justDialled: new Set([cell.number]) }],
	[
		"a contact was called more often than the limit",
		"attempts",
		{ limits: { maxAttemptsPerContact: 2, recallEntries: {} } },
		{ attempts: 2, columns: {} },
	],
	["the number that is asked for", "cell", {}, { attempts: 1, columns: { cell: { count: 1 } }, asked: "cell" }],
	[
		"a number was called before the time of the one that is asked for",
		"attempts",
		{},
		{ attempts: 1, columns: { cell: { count: 1, again: minutes(5).toISOString() } }, asked: "cell" },
	],
	[
		"the others, where the number that is asked for is not to be called any more",
		"home",
		{ dnc: new Set([cell.number]) },
		{ attempts: 1, columns: { cell: { count: 1 } }, asked: "cell" },
	],
	["the number that was tried less comes first", "home cell", {}, { attempts: 1, columns: { cell: { count: 1 } } }],
	[
		"a number that had its turn was called again",
		"home",
		{},
		{ attempts: 1, columns: { cell: { count: 1, again: null } } },
	],
	["a contact without numbers", "wrongNumber", {}, nothing, contact({ numbers: {} })],
	[
		"a number whose window is closed was called",
		"cell",
		{ times: [week("Europe/Berlin"), week("America/Los_Angeles")] },
	],
	[
		"a preview was offered though one of its numbers is not callable now",
		"noTime",
		{ mode: "preview", times: [week("Europe/Berlin"), week("America/Los_Angeles")] },
	],
	[
		"a preview is offered when all can be called",
		"cell home",
		{
			mode: "preview",
			times: [week("Europe/Berlin"), week("America/Los_Angeles")],
			now: new Date("2026-11-26T17:30:00Z"),
		},
	],
])("%s", (_name, expected, changes, tries, who) => {
	expect(chosen(changes, tries, who)).toBe(expected);
});

it("a preview that waits for a window was looked at before it opens", () => {
	const times = [week("Europe/Berlin"), week("America/Los_Angeles")];
	const choice = choose(contact(), nothing, { ...situation, mode: "preview", times });
	expect(choice).toMatchObject({ kind: "later", at: new Date("2026-11-26T17:00:00Z") });
});

it("OB-4 max 2 attempts per number, recall after 60 minutes: attempts at 0 and 60, none at 120", () => {
	const limits: AttemptLimitsValue = {
		maxAttemptsPerNumber: 2,
		recallEntries: { noAnswer: { nbrAttempts: 5, minutesBetweenAttempts: 60 } },
	};
	const one = contact({ numbers: { cell } });
	const asked = (tries: Tries, after: number) => choose(one, tries, { ...situation, limits, now: minutes(after) }).kind;
	let tries = nothing;
	expect(asked(tries, 0)).toBe("call");
	tries = afterAttempt(
		withAttempt(tries, "cell", minutes(0)),
		{ column: "cell", result: "noAnswer", at: minutes(0) },
		limits,
	);
	expect([asked(tries, 1), asked(tries, 59), asked(tries, 60)]).toEqual(["later", "later", "call"]);
	tries = afterAttempt(
		withAttempt(tries, "cell", minutes(60)),
		{ column: "cell", result: "noAnswer", at: minutes(60) },
		limits,
	);
	expect([asked(tries, 61), asked(tries, 120), asked(tries, 600)]).toEqual(["never", "never", "never"]);
});

it.each<[SystemResult, string | null]>([
	["busy", minutes(5).toISOString()],
	["noAnswer", null],
	["machine", null],
	["talked", null],
	["unknownNumber", null],
	["abandoned", minutes(15).toISOString()],
	["interrupted", minutes(15).toISOString()],
])("after %s the number is called again at %s", (result, again) => {
	const limits = { recallEntries: { busy: { nbrAttempts: 3, minutesBetweenAttempts: 5 } } };
	const after = afterAttempt(withAttempt(nothing, "cell", now), { column: "cell", result, at: now }, limits);
	expect(after.columns.cell?.again).toBe(again);
});

it("a limit of one attempt a day let nobody be called tomorrow, or twice today", () => {
	const limits: AttemptLimitsValue = {
		maxAttemptsPerContact: 1,
		resetPeriod: "TODAY",
		timeZoneId: "Europe/Berlin",
		recallEntries: { busy: { nbrAttempts: 5, minutesBetweenAttempts: 5 } },
	};
	const who = contact({ numbers: { cell } });
	const tries = afterAttempt(
		withAttempt(nothing, "cell", now, limits),
		{ column: "cell", result: "busy", at: now },
		limits,
	);
	const midnight = new Date("2026-11-26T23:00:00Z");
	expect(choose(who, tries, { ...situation, limits })).toEqual({ kind: "later", at: midnight, why: "attempts" });
	expect(choose(who, tries, { ...situation, limits, now: midnight }).kind).toBe("call");
	expect(withAttempt(tries, "cell", midnight, limits)).toMatchObject({ attempts: 1, day: "2026-11-27" });
});

it("what wrap-up codes mean", () => {
	expect(mapped(["Right_Party_Contact"])).toEqual({ done: true, contact: false, number: false });
	expect(mapped(["Contact_UnCallable"])).toEqual({ done: true, contact: true, number: false });
	expect(mapped(["Number_UnCallable"])).toEqual({ done: false, contact: false, number: true });
	expect(mapped([])).toEqual({ done: false, contact: false, number: false });
});
