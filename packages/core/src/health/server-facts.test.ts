import type { Unchecked } from "@inlay/contract/health/finding";
import { expect, test } from "vitest";
import { noteFailed, tlsPlace } from "./server-facts.ts";

test("mail, which is looked at twice, was told twice as not looked at", () => {
	const unchecked: Unchecked[] = [];
	for (const reason of ["the database is away", "the database is away", "no answer within 6 s"])
		noteFailed(unchecked, "mail", reason);
	noteFailed(unchecked, "disk", "EACCES");
	expect(unchecked).toEqual([
		{ what: "mail", why: "failed", detail: "the database is away; no answer within 6 s" },
		{ what: "disk", why: "failed", detail: "EACCES" },
	]);
});

test.each([
	["https://inlay.example", { host: "inlay.example", port: 443, servername: "inlay.example" }],
	["https://192.0.2.1:8443", { host: "192.0.2.1", port: 8443 }],
	["https://[2001:db8::1]", { host: "2001:db8::1", port: 443 }],
	["http://inlay.example", undefined],
])("the certificate of %s is asked for where it is, by no name that is an address", (publicUrl, place) => {
	expect(tlsPlace(publicUrl)).toEqual(place);
});
