import { describe, expect, it } from "vitest";
import { child, element, parseXml, serialize, textOf } from "./xml.ts";

describe("stanza XML", () => {
	it("survives a round trip with every special character", () => {
		const made = element(
			"iq",
			{ type: "set", id: `a"<&'>b` },
			element("x", { xmlns: "genesys" }, `{"sdp":"v=0\r\n<&>"}`),
		);
		const read = parseXml(serialize(made));
		expect(read).toEqual(made);
	});

	it("reads single quotes, character references, CDATA, comments and empty elements", () => {
		const read = parseXml(`<?xml version='1.0'?><m to='a'><!-- c --><b/>&#65;&#x42;<![CDATA[<&]]></m>`);
		expect(read?.attributes.to).toBe("a");
		expect(child(read ?? element("none"), "b")).toBeDefined();
		expect(textOf(read)).toBe("AB<&");
	});

	it("keeps > inside a quoted attribute", () => {
		expect(parseXml(`<a b="1>2"/>`)?.attributes.b).toBe("1>2");
	});

	it.each(["<a><b></a></b>", "<a>", "</a>", "plain < text", "<!DOCTYPE x><a/>"])("refuses %s", (text) => {
		expect(parseXml(text)).toBeUndefined();
	});
});
