import { expect, test } from "vitest";
import { type Resolver, recordsOf } from "./domain-records.ts";

const gone = () => Promise.reject(Object.assign(new Error("query"), { code: "ENOTFOUND" }));
const answers = (mx: string[], texts: Record<string, string[][]>): Resolver => ({
	resolveMx: async () => mx.map((exchange, priority) => ({ exchange, priority })),
	resolveTxt: async (name) => texts[name] ?? gone(),
});

test("a domain is told what mail servers find of it: texts in parts, two where one may stand, and nothing", async () => {
	const good = answers(["mx1.shop.example", "mx2.shop.example"], {
		"shop.example": [["google-site=1"], ["v=spf1 include:", "mail.example -all"]],
		"_dmarc.shop.example": [["v=DMARC1; p=reject"]],
		"mail1._domainkey.shop.example": [["v=DKIM1; k=rsa; ", "p=MIGf"]],
		"old._domainkey.shop.example": [["v=DKIM1; p="]],
	});
	expect(await recordsOf("shop.example", good, "mail1")).toEqual([
		{ record: "mx", state: "found", text: "mx1.shop.example, mx2.shop.example" },
		{ record: "spf", state: "found", text: "v=spf1 include:mail.example -all" },
		{ record: "dkim", state: "found", text: "v=DKIM1; k=rsa; p=MIGf", selector: "mail1" },
		{ record: "dmarc", state: "found", text: "v=DMARC1; p=reject" },
	]);
	// A key that was taken back is none, and nobody guesses by which name a server signs.
	expect((await recordsOf("shop.example", good, "old"))[2]).toEqual({
		record: "dkim",
		state: "missing",
		selector: "old",
	});
	expect((await recordsOf("shop.example", good))[2]).toEqual({ record: "dkim", state: "unnamed" });
	const poor = answers([""], { "shop.example": [["v=spf1 mx -all"], ["v=spf1 a -all"], ["v=spf10 x"]] });
	expect((await recordsOf("shop.example", poor)).map(({ record, state }) => [record, state])).toEqual([
		["mx", "missing"],
		["spf", "many"],
		["dkim", "unnamed"],
		["dmarc", "missing"],
	]);
});

test("a name server that did not answer was taken for a record that is missing", async () => {
	const away = () => Promise.reject(Object.assign(new Error("query"), { code: "ETIMEOUT" }));
	const found = await recordsOf("shop.example", { resolveMx: away, resolveTxt: away }, "mail1");
	expect(found.map(({ state, text }) => [state, text])).toEqual(Array(4).fill(["unknown", "ETIMEOUT"]));
});
