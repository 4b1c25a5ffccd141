import { once } from "node:events";
import { connect } from "node:net";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import { MailRefused } from "../carrier.ts";
import type { Taken } from "../inbound.ts";
import { defaultSettings } from "../places.ts";
import { MailReader, UnreadableMail } from "../reading/reader.ts";
import { letter } from "../test-support/letter.ts";
import { smtpCarrier } from "./smtp-carrier.ts";
import { createSmtpDoor } from "./smtp-door.ts";

const log = { error() {}, debug() {} } as never;
const host = "127.0.0.1";

describe("the door for mail servers", () => {
	const taken: Taken[] = [];
	let trouble: Error | undefined;
	const route = { id: "r1", domain: "shop.example", pattern: "support", fromName: "Shop", queueId: "q", version: 1 };
	const door = createSmtpDoor(
		{ config: { host, demo: true } as never, log },
		{
			routeFor: async (address) =>
				/^support(?:\+[^@]*)?@shop\.example$/i.test(address) ? { ...route, settings: defaultSettings } : undefined,
			async take(mail) {
				if (trouble) throw trouble;
				taken.push(mail);
			},
		},
	);
	beforeAll(() => door.start());
	afterAll(() => door.stop());

	async function bring(to: string[], raw: string, from = "carol@customer.test") {
		const transport = createTransport({ host, port: door.port() ?? 0, ignoreTLS: true });
		try {
			return await transport.sendMail({ envelope: { from, to }, raw });
		} finally {
			transport.close();
		}
	}

	test("takes mails for our addresses alone, whatever stands behind a plus, and reports without a sender", async () => {
		const raw = letter({}, "Hello\n.\nIt goes on");
		const { rejected } = await bring(["support@shop.example", "nobody@shop.example"], raw);
		expect(rejected).toEqual(["nobody@shop.example"]);
		expect(taken.at(-1)?.recipients.map(({ rcptTo }) => rcptTo)).toEqual(["support@shop.example"]);
		expect(taken.at(-1)?.raw.toString()).toContain("\r\n.\r\nIt goes on");
		await bring(["Support+c.abc@shop.example"], raw, "");
		expect(taken.at(-1)).toMatchObject({ mailFrom: "", recipients: [{ rcptTo: "Support+c.abc@shop.example" }] });
		await expect(bring(["nobody@shop.example"], raw)).rejects.toMatchObject({ responseCode: 550 });
	});

	test.each([
		["\n.\n", "a line's end that is none"],
		["\n.\r\n", "half an end before"],
		["\r\n.\n", "half an end behind"],
		["\r.\r", "an end of another age"],
		["\r\n\0.\r\n", "a letter that nobody sees"],
	])("a second mail is smuggled in behind %j: %s", async (end) => {
		const before = taken.length;
		const second = "MAIL FROM:<boss@shop.example>\r\nRCPT TO:<support@shop.example>\r\nDATA\r\n";
		const data = `Subject: first\r\n\r\nx${end}${second}Subject: smuggled\r\n\r\ny\r\n.\r\nQUIT\r\n`;
		const socket = connect({ host, port: door.port() ?? 0 });
		const start = "EHLO a\r\nMAIL FROM:<eve@evil.test>\r\nRCPT TO:<support@shop.example>\r\nDATA\r\n";
		const said = { text: "" };
		const isOver = once(socket, "close");
		socket.on("data", (part) => {
			said.text += part.toString();
		});
		await expect.poll(() => said.text).toMatch(/^220 /m);
		socket.write(start);
		await expect.poll(() => said.text).toMatch(/^354 /m);
		socket.write(data);
		await isOver;
		expect(taken.length - before).toBe(1);
		expect([taken.at(-1)?.mailFrom, taken.at(-1)?.raw.toString()]).toEqual([
			"eve@evil.test",
			expect.stringContaining("MAIL FROM:<boss@shop.example>"),
		]);
	});

	test("says of what is too large that it is, and of what cannot be kept just now that it may come again", async () => {
		const before = taken.length;
		const large = letter({}, "x".repeat(70).concat("\n").repeat(230_000));
		await expect(bring(["support@shop.example"], large)).rejects.toMatchObject({ responseCode: 552 });
		trouble = new Error("the disk is full");
		await expect(bring(["support@shop.example"], letter({}, "Hello"))).rejects.toMatchObject({ responseCode: 451 });
		trouble = undefined;
		expect(taken).toHaveLength(before);
	});
});

describe("the carrier", () => {
	const got: Array<{ to: string[]; raw: string }> = [];
	let isAway = false;
	const server = new SMTPServer({
		...{ authOptional: true, disabledCommands: ["AUTH", "STARTTLS"], logger: false, disableReverseLookup: true },
		closeTimeout: 500,
		onRcptTo({ address }, _session, callback) {
			const refusal = Object.assign(new Error("5.1.1 no such user"), { responseCode: 550 });
			callback(address.startsWith("unknown@") ? refusal : null);
		},
		onData(stream, session, callback) {
			const parts: Buffer[] = [];
			stream.on("data", (part: Buffer) => parts.push(part));
			stream.on("end", () => {
				got.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString() });
				callback(isAway ? Object.assign(new Error("4.2.0 come again"), { responseCode: 451 }) : null);
			});
		},
	});
	const carrier = smtpCarrier(new Outgoing([{ host }], { warn: () => {} }));
	let port = 0;
	const domain = () => ({ id: "shop.example", version: 1, smtp: { host, port, security: "none" as const } });
	const mail = (...to: string[]) => ({
		raw: Buffer.from(letter({}, "Hello")),
		envelope: { from: "s@shop.example", to },
	});
	beforeAll(async () => {
		server.on("error", () => {});
		await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
		port = (server.server.address() as { port: number }).port;
	});
	afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

	test("brings a mail, tells whom it did not reach, and tells what is refused for good from what may be tried again", async () => {
		expect(await carrier.send(domain(), mail("carol@customer.test"))).toEqual({ refused: [] });
		expect(got.at(-1)?.raw).toContain("Hello");
		const partly = await carrier.send(domain(), mail("carol@customer.test", "unknown@customer.test"));
		expect(partly.refused).toMatchObject([
			{ email: "unknown@customer.test", text: expect.stringContaining("no such user") },
		]);
		await expect(carrier.send(domain(), mail("unknown@customer.test"))).rejects.toBeInstanceOf(MailRefused);
		isAway = true;
		const late = await carrier.send(domain(), mail("carol@customer.test")).catch((error: unknown) => error);
		expect(late).toBeInstanceOf(Error);
		expect(late).not.toBeInstanceOf(MailRefused);
		isAway = false;
		await expect(carrier.send({ id: "shop.example", version: 1 }, mail("a@b.test"))).rejects.toBeInstanceOf(
			MailRefused,
		);
	});

	test("a mail that reached nobody did not say whose address was wrong", async () => {
		const error = await carrier
			.send(domain(), mail("unknown@customer.test", "unknown@other.test"))
			.catch((one: unknown) => one);
		expect(error).toMatchObject({
			reason: { message: expect.stringMatching(/^unknown@customer\.test: 5.*; unknown@other\.test: 5/) },
		});
	});

	test("a domain's mail server could be the database beside Inlay, and the check told what stands there", async () => {
		const strict = smtpCarrier(new Outgoing([{ host, port: 1 }], { warn: () => {} }));
		for (const there of [host, "localhost", "::1", "::ffff:127.0.0.1", "2130706433"]) {
			const inside = { ...domain(), smtp: { host: there, port, security: "none" as const } };
			await expect(strict.send(inside, mail("carol@customer.test"))).rejects.toMatchObject({
				reason: { code: "outgoing.refused", message: expect.stringContaining("--may-call") },
			});
			await expect(strict.check(inside)).rejects.toThrow("--may-call");
		}
	});

	test("says whether a server lets us in", async () => {
		await carrier.check(domain());
		const nobody = { ...domain(), smtp: { host, port: 1, security: "none" as const } };
		await expect(carrier.check(nobody)).rejects.toThrow();
	});
});

test("the reader's thread reads a mail, and one that it cannot read ends nothing but itself", async () => {
	const reader = new MailReader();
	const read = (raw: string) => reader.read(Buffer.from(raw), "carol@customer.test");
	const deep = Array.from(
		{ length: 60 },
		(_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n`,
	).join("\n");
	await expect(read(letter({}, deep, "multipart/mixed; boundary=b0"))).rejects.toBeInstanceOf(UnreadableMail);
	expect(await read(letter({}, "<p>Hi</p><script>x</script>", "text/html"))).toMatchObject({
		html: "<p>Hi</p>",
		text: "Hi",
	});
	await reader.stop();
});
