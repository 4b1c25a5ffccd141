import { describe, expect, it } from "vitest";
import { read32 } from "./rtp.ts";
import { SCREEN_BITS_PER_SECOND, ScreenRelay } from "./screen-relay.ts";
import { bitrateLimit, pictureLoss, readViewerRtcp } from "./screen-rtcp.ts";

const SOURCE = 4242;

function rtp(bytes = 1000, name = SOURCE): Buffer {
	const packet = Buffer.alloc(bytes);
	packet[0] = 0x80;
	packet[1] = 96;
	packet.writeUInt32BE(name, 8);
	packet[20] = 77;
	return packet;
}

function stage() {
	let now = 1000;
	const relay = new ScreenRelay(() => now);
	const end = () => {
		const got: Buffer[] = [];
		return { got, send: (packet: Buffer) => void got.push(Buffer.from(packet)) };
	};
	const source = end();
	relay.setSource(source);
	return {
		relay,
		source,
		end,
		pass: (ms: number) => {
			now += ms;
		},
		/** What the source was told: how often it was asked for a picture, and the last limit. */
		asked: () => {
			const says = source.got.map((packet) => readViewerRtcp(packet, SOURCE));
			return {
				pictures: says.filter(({ wantsPicture }) => wantsPicture).length,
				limit: says.findLast(({ bitrate }) => bitrate !== undefined)?.bitrate,
			};
		},
	};
}

describe("a shared screen's relay", () => {
	it("gives every viewer the packets unchanged but for their name", () => {
		const { relay, end } = stage();
		const [one, other] = [end(), end()];
		relay.addViewer(one);
		relay.addViewer(other);
		relay.fromSource(rtp());
		for (const { got } of [one, other]) {
			expect(got).toHaveLength(1);
			expect(read32(got[0] as Buffer, 8)).toBe(relay.shownAs);
			expect(got[0]?.[20]).toBe(77);
		}
	});

	it("asks for a whole picture when somebody comes, and not again and again", () => {
		const { relay, end, pass, asked } = stage();
		relay.fromSource(rtp());
		expect(asked().pictures).toBe(1);
		pass(400);
		const viewer = end();
		relay.addViewer(viewer);
		expect(asked().pictures).toBe(2);
		for (let times = 0; times < 10; times++) relay.fromViewer(viewer, pictureLoss(1, relay.shownAs));
		expect(asked().pictures).toBe(2);
		pass(400);
		relay.fromViewer(viewer, pictureLoss(1, relay.shownAs));
		expect(asked().pictures).toBe(3);
	});

	it("holds the source to what the weakest viewer can take, and to the limit", () => {
		const { relay, end, asked } = stage();
		relay.fromSource(rtp());
		expect(asked().limit).toBe(SCREEN_BITS_PER_SECOND);
		const [fast, slow] = [end(), end()];
		relay.addViewer(fast);
		relay.addViewer(slow);
		relay.fromViewer(fast, bitrateLimit(1, relay.shownAs, 9_000_000));
		relay.fromViewer(slow, bitrateLimit(1, relay.shownAs, 262_144));
		expect(asked().limit).toBe(262_144);
		relay.remove(slow);
		expect(asked().limit).toBe(SCREEN_BITS_PER_SECOND);
	});

	it("drops what a source sends far beyond the limit, and asks for a whole picture once there is room again", () => {
		const { relay, end, pass, asked } = stage();
		const viewer = end();
		relay.addViewer(viewer);
		for (let sent = 0; sent < 5000; sent++) relay.fromSource(rtp(1000));
		expect(viewer.got.length).toBe(2000);
		expect(relay.counters).toMatchObject({ packets: 5000, dropped: 3000 });
		const before = asked().pictures;
		pass(1000);
		relay.fromSource(rtp());
		expect(viewer.got.length).toBe(2001);
		expect(asked().pictures).toBe(before + 1);
	});

	it("takes no word of somebody who does not see it, nor anything that is no packet", () => {
		const { relay, source, end } = stage();
		relay.fromSource(rtp());
		const told = source.got.length;
		relay.fromViewer(end(), pictureLoss(1, relay.shownAs));
		const viewer = end();
		relay.addViewer(viewer);
		relay.fromSource(Buffer.from([1, 2, 3]));
		relay.fromViewer(viewer, rtp());
		expect([source.got.length, viewer.got.length]).toEqual([told, 0]);
	});
});
