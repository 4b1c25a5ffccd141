import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { ImapWire } from "./imap-wire.ts";

const kilobyte = 1024;

test("a mail server that answered without an end filled the memory that calls need", async () => {
	for (const part of [`* NO ${"x".repeat(900)}\r\n`, `* 1 FETCH ({${kilobyte}}\r\n${"x".repeat(kilobyte)} X)\r\n`]) {
		const stream = new PassThrough();
		const wire = new ImapWire(stream, kilobyte);
		wire.ask("a1 SELECT INBOX");
		let heard = 0;
		const reading = (async () => {
			for (;;) heard += (await wire.next()).text.length;
		})();
		const ended = expect(reading).rejects.toThrow("more than was asked for");
		for (let sent = 0; sent < 10 * kilobyte * kilobyte && !stream.destroyed; sent += part.length) {
			stream.write(part);
			if (sent % 100 === 0) await new Promise(setImmediate);
		}
		await ended;
		expect(stream.destroyed).toBe(true);
		expect(heard).toBeGreaterThan(0);
	}
});

test("what one command brought does not count for the next", async () => {
	const stream = new PassThrough();
	stream.resume();
	const wire = new ImapWire(stream, kilobyte);
	for (let round = 1; round <= 3; round++) {
		wire.ask(`a${round} NOOP`);
		stream.write(`* OK ${"x".repeat(1_000_000)}\r\n`);
		expect((await wire.next()).text).toMatch(/^(?:\* OK|a\d NOOP)/);
	}
});
