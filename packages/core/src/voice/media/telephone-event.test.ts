import { describe, expect, it } from "vitest";
import { TelephoneEventReceiver, TelephoneEventSender } from "./telephone-event.ts";

/** Runs a sender until it has been silent for 20 frames; every packet sent, in order. */
function packetsOf(sender: TelephoneEventSender) {
	const packets: Array<{ payload: Uint8Array; timestamp: number; marker: boolean }> = [];
	for (let frame = 0, quiet = 0; quiet < 20; frame++) {
		const payload = new Uint8Array(4);
		const sent = sender.next(payload, 0, frame * 160);
		if (sent) packets.push({ payload, ...sent });
		quiet = sent ? 0 : quiet + 1;
	}
	return packets;
}

function heardBy(receiver: TelephoneEventReceiver, packets: ReturnType<typeof packetsOf>): string {
	return packets.map(({ payload, timestamp }) => receiver.receive(payload, 0, 4, timestamp) ?? "").join("");
}

describe("telephone events", () => {
	it("carries every key once, repeated keys too", () => {
		const sender = new TelephoneEventSender();
		sender.enqueue("0123456789*#abcd11");
		expect(heardBy(new TelephoneEventReceiver(), packetsOf(sender))).toBe("0123456789*#ABCD11");
	});

	it("ends each press three times, with the same duration, and marks its beginning", () => {
		const sender = new TelephoneEventSender();
		sender.enqueue("7");
		const packets = packetsOf(sender);
		const ends = packets.filter(({ payload }) => (payload[1] as number) & 0x80);
		expect(ends.map(({ payload }) => [...payload])).toEqual(Array(3).fill([7, 0x8a, 960 >> 8, 960 & 0xff]));
		expect(packets.map(({ marker }) => marker)).toEqual(packets.map((_, index) => index === 0));
		expect(new Set(packets.map(({ timestamp }) => timestamp)).size).toBe(1);
	});

	it("hears a press whose first packets, or all of whose ends, were lost", () => {
		const sender = new TelephoneEventSender();
		sender.enqueue("12");
		const packets = packetsOf(sender);
		const withoutBeginnings = packets.filter(({ payload }) => (payload[1] as number) & 0x80);
		const withoutEnds = packets.filter(({ payload }) => !((payload[1] as number) & 0x80));
		expect(heardBy(new TelephoneEventReceiver(), withoutBeginnings)).toBe("12");
		expect(heardBy(new TelephoneEventReceiver(), withoutEnds)).toBe("12");
	});

	it("pauses two seconds for each comma, and sends what comes behind it", () => {
		const sender = new TelephoneEventSender();
		sender.enqueue(",4");
		const frames = Array.from(
			{ length: 130 },
			(_, frame) => sender.next(new Uint8Array(4), 0, frame * 160) !== undefined,
		);
		expect(frames.indexOf(true)).toBeGreaterThanOrEqual(100);
		expect(frames.indexOf(true)).toBeLessThan(105);
	});

	it("leaves out what is no key, and says nothing about unknown events and cut payloads", () => {
		const sender = new TelephoneEventSender();
		sender.enqueue("x 1");
		expect(heardBy(new TelephoneEventReceiver(), packetsOf(sender))).toBe("1");
		const receiver = new TelephoneEventReceiver();
		expect(receiver.receive(Uint8Array.of(99, 0, 0, 0), 0, 4, 1)).toBeUndefined();
		expect(receiver.receive(Uint8Array.of(5, 0), 0, 2, 2)).toBeUndefined();
	});
});
