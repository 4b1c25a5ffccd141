import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import { dovecot } from "../test-support/dovecot.ts";
import { letter } from "../test-support/letter.ts";
import { mailWorld } from "../test-support/mail-world.ts";
import { ImapClient } from "./imap-client.ts";

let one: Awaited<ReturnType<typeof mailWorld>>;
let box: Awaited<ReturnType<typeof dovecot>>;
let folder: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "inlay-dovecot-"));
	box = await dovecot(folder);
	one = await mailWorld();
	await one.mailing.imap.start();
});
afterAll(async () => {
	await one?.close();
	await box?.stop();
	rmSync(folder, { recursive: true, force: true });
});

test("EM-11 Debian's Dovecot: its mails are there once, whatever they hold, also those that came while it was down", async () => {
	const story = await one.story();
	const server = {
		host: "127.0.0.1",
		port: box.port,
		security: "none" as const,
		...{ user: "shop", password: "secret" },
	};
	const odd = ["{12}", "a1 OK done", "* 1 EXISTS", ")", "", ".", "Grüße € 日本"].join("\n");
	box.put(letter({ Subject: "Odd" }, odd));
	await one.mailing.mailboxes.set("shop.example", story.route.id, server, undefined, {
		type: "user",
		id: "a",
	} as never);
	await vi.waitFor(() => expect([box.count("INBOX"), box.count("Imported")]).toEqual([0, 1]));
	// It says by itself that another one has come (IDLE).
	box.put(letter({ From: "dan@customer.test", Subject: "Large" }, "x".repeat(70).concat("\n").repeat(40_000)));
	await vi.waitFor(() => expect(box.count("Imported")).toBe(2));
	await box.stop();
	for (let index = 0; index < 20; index += 1)
		box.put(letter({ From: `c${index}@customer.test`, Subject: `Mail ${index}` }, "Hello"));
	await box.start();
	await vi.waitFor(() => expect([box.count("INBOX"), box.count("Imported")]).toEqual([0, 22]));
	await one.settled();
	const found = await one.ofQueue(story);
	const subjects = found.map(({ participants }) => participants[0]?.emails?.[0]?.subject).sort();
	expect(subjects).toEqual(["Odd", "Large", ...Array.from({ length: 20 }, (_, index) => `Mail ${index}`)].sort());
	const first = found.find(({ participants }) => participants[0]?.emails?.[0]?.subject === "Odd");
	const [mail] = await one.mailing.ofConversation(first?.id ?? "");
	expect(mail?.text.trim()).toBe(odd);
});

test("the client finds, marks and moves with Dovecot as with the box of the other tests", async () => {
	const outgoing = new Outgoing([{ host: "127.0.0.1" }], { warn: () => {} });
	const place = { host: "127.0.0.1", port: box.port, security: "none" as const, user: "shop", folder: "Imported" };
	const client = await ImapClient.open(place, outgoing);
	try {
		expect(await client.select("Imported")).toEqual({ validity: expect.any(Number), isReadOnly: false });
		const all = await client.search("UID 1:*");
		expect(all).toHaveLength(22);
		await client.mark(all.slice(0, 2), "\\Flagged");
		expect(await client.search("UID 1:* UNFLAGGED")).toEqual(all.slice(2));
		expect((await client.fetch(all[0] ?? 0))?.length).toBe(await client.sizeOf(all[0] ?? 0));
		expect(await client.fetch(999_999)).toBeUndefined();
		await client.move(all.slice(0, 1), "Somewhere else");
		expect(await client.search("UID 1:*")).toHaveLength(21);
	} finally {
		client.close();
	}
});
