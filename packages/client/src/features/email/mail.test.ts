import { expect, test } from "vitest";
import { ServerTime } from "../../session/clock.ts";
import { sizeText } from "../../shell/size-text.ts";
import {
	beginningOf,
	failureOf,
	isPartly,
	isToSelf,
	readAddresses,
	showAddresses,
	type ThreadMail,
	undoMsOf,
} from "./mail.ts";
import { pageFor } from "./reader-page.ts";

test("addresses are read as people write them, and shown so that they are read the same", () => {
	const text = 'Carol <carol@customer.test>, dan@customer.test; "Eve, the boss" <eve@customer.test>';
	const all = readAddresses(text);
	expect(all).toEqual([
		{ email: "carol@customer.test", name: "Carol" },
		{ email: "dan@customer.test" },
		{ email: "eve@customer.test", name: "Eve, the boss" },
	]);
	expect(readAddresses(showAddresses(all))).toEqual(all);
	expect(readAddresses(" , ;")).toEqual([]);
});

test("sizes are told in three letters", () => {
	expect([0, 40, 999, 60_009, 2_500_000].map(sizeText)).toEqual(["0 kB", "1 kB", "1 kB", "61 kB", "2.5 MB"]);
});

test("a mail's page loads nothing, runs nothing, and shows its own pictures alone", () => {
	const page = pageFor(
		'<p>Hi <img src="cid:a@b" alt="logo"><img src="cid:other" alt="x"></p>',
		new Map([["a@b", "data:image/png;base64,AA=="]]),
	);
	expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
	expect(page).toContain('<img src="data:image/png;base64,AA==" alt="logo">');
	expect(page).not.toContain("cid:a@b");
});

test("on a PC whose clock was minutes ahead nothing could be taken back", () => {
	const server = Date.now() - 5 * 60_000;
	const time = new ServerTime();
	time.learn(new Date(server).toUTCString(), Date.now());
	const left = undoMsOf({ undoUntil: new Date(server + 5_000).toISOString() }, { time });
	expect(left).toBeGreaterThan(2_000);
	expect(left).toBeLessThan(7_000);
});

test("a mail that was not delivered did not say to whom", () => {
	const head = { to: [{ email: "bob@b.test" }], cc: [{ email: "eve@e.test" }], bcc: [] };
	const mail = (error: object) => ({ ...head, error }) as unknown as ThreadMail;
	expect(failureOf(mail({ message: "550 no such user" }))).toEqual({
		...{ reason: "550 no such user", names: "bob@b.test, eve@e.test" },
	});
	const partly = { message: "eve@e.test: 550 gone", recipients: ["eve@e.test"] };
	expect(failureOf(mail(partly)), "said already").toEqual({ reason: "eve@e.test: 550 gone", names: "" });
});

test("a mail that some had got was marked as not sent", () => {
	const head = { to: [{ email: "bob@b.test" }], cc: [{ email: "eve@e.test" }], bcc: [] };
	const refused = (...recipients: string[]) => ({ code: "email.refused.partly", message: "550 gone", recipients });
	expect(isPartly({ ...head, error: refused("eve@e.test") })).toBe(true);
	expect(isPartly({ ...head, error: refused("eve@e.test", "bob@b.test") })).toBe(false);
	expect(isPartly({ ...head, error: { code: "email.refused", message: "550 gone" } })).toBe(false);
	expect(isPartly(head)).toBe(false);
});

test("a folded mail says what it begins with", () => {
	expect(beginningOf({ text: " \n\n  Hello Bob,\nit comes" })).toBe("Hello Bob, it comes");
	expect(beginningOf({ text: "" })).toBe("");
});

test("a mail to our own address alone went without a word", () => {
	const [ours, bob] = [{ email: "Help@shop.test" }, { email: "bob@b.test" }];
	expect([[ours], [ours, bob], []].map((all) => isToSelf("help@shop.test", all))).toEqual([true, false, false]);
	expect(isToSelf(undefined, [ours])).toBe(false);
});
