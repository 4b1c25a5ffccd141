import { describe, expect, it } from "vitest";
import { changedFields, conflicts, merge } from "../../session/three-way.ts";
import type { Configuration } from "../../session/wire.ts";
import { configurationOf, draftOf } from "./draft.ts";

const read: Configuration = {
	name: "CRM",
	version: 4,
	properties: { frameworkJs: "a()", groups: ["g2", "g1"], allowedOrigins: ["https://a.example"], theirs: "kept" },
	advanced: { x: 1 },
	notes: "",
	credentials: {},
};
const base = draftOf(read);

describe("a configuration in a form", () => {
	it("comes out as it went in", () => {
		expect(configurationOf(base, read)).toEqual({
			...read,
			properties: { ...read.properties, groups: ["g1", "g2"] },
		});
	});

	it("was refused for the slash at the end of an origin, as a browser copies it", () => {
		const typed = {
			...base,
			allowedOrigins: "https://a.example/\nhttps://*.b.example/",
			scriptOrigins: "http://localhost:*/",
		};
		expect(configurationOf(typed, read).properties).toMatchObject({
			allowedOrigins: ["https://a.example", "https://*.b.example"],
			scriptOrigins: ["http://localhost:*"],
		});
	});

	it("leaves out what is empty and keeps what it does not show", () => {
		const empty = {
			...base,
			frameworkJs: "",
			groups: [],
			allowedOrigins: " \n",
			scriptOrigins: "",
			connectOrigins: "",
			clientId: "",
			partnerName: " ",
		};
		expect(configurationOf(empty, read).properties).toEqual({ theirs: "kept" });
	});

	it("lost the switches for scripts and pages, which could only be set by API", () => {
		const on = {
			directMessages: true,
			quietChanges: true,
			preserveAttributeCase: true,
			pageCompatibility: true,
			withoutGuards: true,
		};
		const stored = { ...read, properties: { ...read.properties, ...on } };
		expect(configurationOf(draftOf(stored), stored).properties).toMatchObject(on);
		const off = { ...draftOf(stored), quietChanges: false, pageCompatibility: false };
		const { properties } = configurationOf(off, stored);
		expect(properties).toMatchObject({ directMessages: true, preserveAttributeCase: true, theirs: "kept" });
		expect(properties).not.toHaveProperty("quietChanges");
		expect(properties).not.toHaveProperty("pageCompatibility");
		expect(changedFields(draftOf(stored), off)).toEqual(["quietChanges", "pageCompatibility"]);
	});

	it("lost isolation and what was said of the token", () => {
		for (const scriptToken of [undefined, true, false]) {
			const said = { isolation: true, ...(scriptToken === undefined ? {} : { scriptToken }) };
			const stored = { ...read, properties: { ...read.properties, ...said } };
			expect(configurationOf(draftOf(stored), stored).properties).toMatchObject(said);
			const off = configurationOf({ ...draftOf(stored), isolation: false, scriptToken: "" }, stored).properties;
			expect(off).not.toHaveProperty("isolation");
			expect(off).not.toHaveProperty("scriptToken");
		}
	});

	it("takes one page a line, however they are separated", () => {
		const draft = { ...base, allowedOrigins: "https://a.example\n\n https://b.example, http://localhost:*" };
		expect(configurationOf(draft, read).properties.allowedOrigins).toEqual([
			"https://a.example",
			"https://b.example",
			"http://localhost:*",
		]);
	});

	it("does not take another order of groups for a change", () => {
		expect(changedFields(base, { ...base, groups: ["g2", "g1"] })).toEqual([]);
	});
});

describe("two who change the same configuration", () => {
	const mine = { ...base, name: "Mine", frameworkJs: "mine()" };
	const theirs = { ...base, frameworkJs: "theirs()", notes: "theirs" };

	it("keeps what each changed alone", () => {
		expect(merge(base, mine, theirs)).toEqual({ ...base, name: "Mine", frameworkJs: "mine()", notes: "theirs" });
	});

	it("asks only about what both changed, differently", () => {
		expect(conflicts(base, mine, theirs)).toEqual(["frameworkJs"]);
		expect(conflicts(base, mine, { ...theirs, frameworkJs: "mine()" })).toEqual([]);
	});
});
