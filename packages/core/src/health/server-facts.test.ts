import type { Unchecked } from "@inlay/contract/health/finding";
import { expect, test } from "vitest";
import { noteFailed } from "./server-facts.ts";

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
