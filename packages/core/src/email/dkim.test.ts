import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { recordToEnter } from "./dkim.ts";
import { smtpCarrier } from "./doors/smtp-carrier.ts";
import { createOwnMail } from "./notice-mail.ts";
import { letter } from "./test-support/letter.ts";
import { mailWorld } from "./test-support/mail-world.ts";
import { verifyDkim } from "./test-support/verify-dkim.ts";

const [host, domain, by] = ["127.0.0.1", "shop.example", { userId: "admin" }];
const got: string[] = [];
/** What name servers tell. */
const told = new Map<string, string[]>();
const resolver = {
	resolveMx: async () => [],
	resolveTxt: async (name: string) => {
		const texts = told.get(name);
		if (!texts) throw Object.assign(new Error("query"), { code: "ENOTFOUND" });
		// As name servers have long texts: in parts.
		return texts.map((text) => text.match(/.{1,255}/g) ?? []);
	},
};
const carrier = smtpCarrier(new Outgoing([{ host }], { warn: () => {} }));
const server = new SMTPServer({
	...{ authOptional: true, disabledCommands: ["AUTH", "STARTTLS"], logger: false, disableReverseLookup: true },
	closeTimeout: 500,
	onData(stream, _session, callback) {
		const parts: Buffer[] = [];
		stream.on("data", (part: Buffer) => parts.push(part));
		stream.on("end", () => callback(null, void got.push(Buffer.concat(parts).toString("latin1"))));
	},
});
let one: Awaited<ReturnType<typeof mailWorld>>;

beforeAll(async () => {
	one = await mailWorld({ resolver, carrier });
	await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
	const { port } = server.server.address() as { port: number };
	const smtp = { host, port, security: "none", dkimSelector: "theirs" } as const;
	await one.mailing.places.changeDomain(domain, { smtp }, undefined);
});
afterAll(async () => {
	await new Promise<void>((resolve) => server.close(() => resolve()));
	await one.close();
});
beforeEach(async () => {
	told.clear();
	for (const { selector } of await one.mailing.dkim.of(domain)) await one.mailing.dkim.remove(domain, selector, by);
});

const signedBy = (raw = got.at(-1) ?? "") => verifyDkim(raw, (name) => told.get(name)?.[0]);

/** An agent answers a customer. */
async function answered(text: string): Promise<string> {
	const mine = await one.story();
	await one.take(mine, letter({ Subject: "Größe? 👟 ".repeat(12) }, "Hello"));
	const { id } = await one.only(mine);
	await one.answer(mine, id);
	const file = { name: "Maße.txt", type: "text/plain", bytes: Buffer.from("12 × 40\n") };
	await one.mailing.drafts.attach(id, file, mine.by);
	await one.mailing.writing.send(id, { text, cc: [{ email: "ben@customer.test", name: "Bén" }] }, undefined, mine.by);
	one.advance(10_000);
	await one.settled();
	return signedBy();
}

/** A key that name servers tell. */
async function publishedKey() {
	const key = await one.mailing.dkim.make(domain, by);
	const { name, text } = recordToEnter(key);
	told.set(name, [text]);
	return key;
}

const states = async () => (await one.mailing.dkim.of(domain)).map(({ selector, state }) => [selector, state]);

test("mails are signed by the domain's key once name servers tell it, and whoever has them can check that", async () => {
	const { dkim } = one.mailing;
	const lines = ["Dear Carol", "", ".begins with a dot", "two  blanks, and one behind ", "", "", ""].join("\n");
	const key = await dkim.make(domain, by);
	expect((await dkim.make(domain, by)).selector).toBe(key.selector);
	// It waits: nobody could check what it signs.
	expect(await answered(lines)).toBe("no signature");
	await expect(dkim.activate(domain, key.selector, by)).rejects.toMatchObject({ code: "email.dkim.unpublished" });
	const { name, text } = recordToEnter(key);
	told.set(name, [text.replace("p=MII", "p=MIJ")]);
	await expect(dkim.activate(domain, key.selector, by)).rejects.toThrow("name servers tell there: v=DKIM1");
	told.set(name, [text]);
	expect(await dkim.activate(domain, key.selector, by)).toMatchObject([{ selector: key.selector, state: "signing" }]);
	expect(await answered(lines)).toBe(`${key.selector} of ${domain}`);
	// What was changed on the way is told from what was not.
	const raw = got.at(-1) ?? "";
	expect(signedBy(raw.replace("begins with", "ends with"))).toBe("another body");
	expect(signedBy(raw.replace(/^Subject: /m, "Subject: Re: "))).toBe("another signature");
	// What the product sends by itself is signed, too.
	const own = createOwnMail((id) => one.mailing.places.store.domain(id), carrier);
	await own.send({ from: `service@${domain}`, to: "carol@customer.test", subject: "Your conversation", text: lines });
	expect(signedBy()).toBe(`${key.selector} of ${domain}`);
});

test("a key is changed without a mail that nobody can check: the new one waits beside the old one, whose private half goes", async () => {
	const { dkim, places } = one.mailing;
	const old = await publishedKey();
	await dkim.activate(domain, old.selector, by);
	const next = await dkim.make(domain, by);
	expect(await states()).toEqual([
		[old.selector, "signing"],
		[next.selector, "waiting"],
	]);
	expect(await answered("Before")).toBe(`${old.selector} of ${domain}`);
	told.set(recordToEnter(next).name, [recordToEnter(next).text]);
	const both = await Promise.allSettled([1, 2].map(() => dkim.activate(domain, next.selector, by)));
	expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	expect(await answered("After")).toBe(`${next.selector} of ${domain}`);
	expect(await states()).toEqual([
		[next.selector, "signing"],
		[old.selector, "ended"],
	]);
	const { db } = one.world.kernel.database;
	const kept = await db.selectFrom("email_dkim_keys").selectAll().execute();
	expect(kept.filter(({ secret }) => secret !== null).map(({ selector }) => selector)).toEqual([next.selector]);
	expect(Buffer.concat(kept.flatMap(({ secret }) => secret ?? [])).includes("PRIVATE KEY")).toBe(false);
	// As before where there is none.
	await dkim.remove(domain, next.selector, by);
	expect((await places.store.domain(domain))?.signing).toBeUndefined();
	expect(await answered("Without")).toBe("no signature");
	await expect(dkim.remove(domain, next.selector, by)).rejects.toMatchObject({ status: 404 });
});

test("the check tells our keys and the mail server's, and Health a key that name servers tell no more", async () => {
	const { dkim, places, recordsOf } = one.mailing;
	const key = await publishedKey();
	const dkimRecords = async () =>
		(await recordsOf(await places.requireDomain(domain)))
			.filter(({ record }) => record === "dkim")
			.map(({ selector, state }) => [selector, state]);
	expect(await dkimRecords()).toEqual([
		[key.selector, "found"],
		["theirs", "missing"],
	]);
	expect(await dkim.troubleOf(domain)).toBeUndefined();
	await dkim.activate(domain, key.selector, by);
	const { name, text } = recordToEnter(key);
	for (const texts of [[], ["v=DKIM1; p="], ["v=DKIM1; p=AAAA"]]) {
		told.set(name, texts);
		expect(await dkim.troubleOf(domain)).toEqual({ domain, name, text });
	}
	told.set(name, [text.replaceAll(";", " ;  ")]);
	expect(await dkim.troubleOf(domain)).toBeUndefined();
});
