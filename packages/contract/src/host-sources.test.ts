import { describe, expect, it } from "vitest";
import { isHostSource, originMatches } from "./host-sources.ts";

describe("an allow-list entry", () => {
	it.each([
		["https://crm.example", "https://crm.example"],
		["https://crm.example", "https://crm.example:443"],
		["https://CRM.example", "HTTPS://crm.EXAMPLE"],
		["https://crm.example:8443", "https://crm.example:8443"],
		["https://crm.example:8443", "https://crm.example:*"],
		["https://a.crm.example", "https://*.crm.example"],
		["https://a.b.crm.example", "https://*.crm.example"],
		["https://crm.example", "crm.example"],
		["http://crm.example", "crm.example"],
		["https://crm.example", "http://crm.example"],
		["http://localhost:5173", "http://localhost:*"],
		["http://localhost", "http://localhost:80"],
		["http://127.0.0.1:8080", "127.0.0.1:8080"],
	])("covers %s by %s", (origin, source) => {
		expect(originMatches(origin, ["https://other.example", source])).toBe(true);
	});

	it.each([
		["https://crm.example.evil", "https://crm.example"],
		["https://evilcrm.example", "https://crm.example"],
		["https://crm.example", "https://*.crm.example"],
		["https://acrm.example", "https://*.crm.example"],
		["http://crm.example", "https://crm.example"],
		["https://crm.example:8443", "https://crm.example"],
		["https://crm.example", "https://crm.example:8443"],
		["https://crm-example", "https://crm.example"],
		["ftp://crm.example", "crm.example"],
		["null", "crm.example"],
		["", "crm.example"],
		["https://crm.example", "*"],
		["https://crm.example", "https://*"],
		["https://crm.example", "https://crm.example/"],
	])("does not cover %s by %s", (origin, source) => {
		expect(originMatches(origin, [source])).toBe(false);
	});

	it.each([
		"https://crm.example.com",
		"http://localhost:*",
		"https://*.example.com",
		"crm",
		"10.0.0.1:8080",
		"https://crm.example:65535",
	])("may be %s", (source) => {
		expect(isHostSource(source)).toBe(true);
	});

	it.each([
		"",
		"*",
		"https://",
		"https://crm.example/",
		"https://crm.example/path",
		"https://crm.example; script-src *",
		"https://crm.example\nx: y",
		"'self'",
		"data:",
		"javascript:alert(1)",
		"https://a.*.example",
		"https://user@crm.example",
		"https://crm.example:65536",
		"https://crm.example:",
		"https://*.com",
		"*.com",
		"https://*.com:443",
		"null",
		"NULL",
		"https://null",
	])("may not be %j, so that it never reaches a header", (source) => {
		expect(isHostSource(source)).toBe(false);
	});
});
