import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { type DialogState, requestWithin } from "./dialogs/dialog.ts";
import { header, readMessage, type SipRequest, writeMessage } from "./messages/message.ts";
import { ownNumber, World } from "./test-support/world.ts";
import { responseTo } from "./transport/answers.ts";
import { ServerTransactions } from "./transport/server-transactions.ts";

let world: World | undefined;
let stranger: Socket | undefined;
afterEach(async () => {
	stranger?.close();
	await world?.close();
	stranger = world = undefined;
});

async function opened(...args: ConstructorParameters<typeof World>): Promise<World> {
	world = new World(...args);
	await world.start();
	return world;
}

/** Numbers that look like chance and are the same each time (Park and Miller). */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

function inviteOf(index: number): SipRequest {
	return {
		method: "INVITE",
		uri: `sip:${ownNumber}@127.0.0.1`,
		body: "",
		headers: [
			["Via", `SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKhalf${index}`],
			["From", `<sip:x@127.0.0.1>;tag=${index}`],
			["To", `<sip:${ownNumber}@127.0.0.1>`],
			["Call-ID", `half ${index}`],
			["CSeq", "1 INVITE"],
		],
	};
}

/** Somebody at another address of this machine, which the trunk takes calls from, too. */
async function neighbour(): Promise<Socket> {
	const socket = createSocket("udp4");
	stranger = socket;
	socket.bind(0, "127.0.0.66");
	await once(socket, "listening");
	return socket;
}

const send = (socket: Socket, bytes: Buffer) =>
	new Promise<void>((resolve) => socket.send(bytes, world?.peer.port, "127.0.0.1", () => resolve()));

async function answered(socket: Socket, request: SipRequest): Promise<number | undefined> {
	const { port } = socket.address();
	const via: [string, string] = ["Via", `SIP/2.0/UDP 127.0.0.66:${port};branch=z9hG4bKforged${request.method};rport`];
	const coming = once(socket, "message");
	await send(socket, writeMessage({ ...request, headers: [via, ...request.headers] }));
	const message = readMessage((await coming)[0] as Buffer);
	return message && "status" in message ? message.status : undefined;
}

it("60,000 packets of garbage, cut off and mixed up messages move no call", async () => {
	const world = await opened();
	world.dial();
	await expect.poll(world.steps).toEqual(["ringing", "answered"]);
	const next = chance(7);
	const whole = writeMessage(inviteOf(0));
	const socket = await neighbour();
	world.settings = world.settings.map((one) => ({ ...one, sources: ["127.0.0.66"], version: 2 }));
	await world.trunks.reload();
	for (let count = 0; count < 60_000; count++) {
		const bytes = Buffer.from(whole.subarray(0, 20 + Math.floor(next() * (whole.length - 20))));
		for (let changes = 1 + next() * 8; changes > 0; changes--)
			bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
		// Not all at once: what the system drops proves nothing.
		if (count % 50 === 0) await send(socket, bytes);
		else socket.send(bytes, world.peer.port, "127.0.0.1");
	}
	const [dialog] = world.provider.dialogs as [DialogState];
	expect((await world.provider.within(dialog, "OPTIONS")).status).toBe(200);
	expect(world.steps()).toEqual(["ringing", "answered"]);
	expect(world.trunks.states().get("t1")?.calls, "what could be read as a call is bounded, too").toBeLessThanOrEqual(
		500,
	);
	expect((await world.provider.within(dialog, "BYE")).status).toBe(200);
}, 60_000);

it("whoever begins 10,000 calls and ends none filled the memory, and the queue", () => {
	const statuses = new Map<number, number>();
	let heard = 0;
	const served = new ServerTransactions(
		{
			send: async (message) => {
				if ("status" in message) statuses.set(message.status, (statuses.get(message.status) ?? 0) + 1);
			},
			request: () => heard++,
		},
		{ t1: 500, t2: 4000 },
	);
	const from = (address: string) => ({ transport: "udp" as const, address, port: 9 });
	for (let index = 0; index < 10_000; index++) served.take(inviteOf(index), from("192.0.2.1"));
	expect([served.size, heard, statuses.get(503)]).toEqual([1000, 1000, 9000]);
	const bye = { ...inviteOf(0), method: "BYE" };
	const within = bye.headers.map(([name, value]): [string, string] => [name, name === "To" ? `${value};tag=t` : value]);
	served.take({ ...bye, headers: [...within.slice(1), ["Via", "SIP/2.0/UDP x;branch=z9hG4bKbye"]] }, from("192.0.2.1"));
	expect(heard, "nobody is kept from hanging up").toBe(1001);
	for (let index = 0; index < 10_000; index++) served.take(inviteOf(10_000 + index), from(`192.0.3.${index % 250}`));
	expect(served.size).toBe(5000);
	served.stop();
	expect(served.size).toBe(0);
});

it("of callers who never acknowledge a refusal nothing is left after a while", async () => {
	const served = new ServerTransactions({ send: async () => {}, request: () => {} }, { t1: 1, t2: 4 });
	for (let index = 0; index < 1000; index++) {
		const from = { transport: "udp" as const, address: `192.0.2.${index % 200}`, port: 9 };
		served.take(inviteOf(index), from);
		served.respond(inviteOf(index), from, responseTo(inviteOf(index), 404, "Not Found", { tag: "t" }));
	}
	expect(served.size).toBe(1000);
	await expect.poll(() => served.size).toBe(0);
});

describe("who sits elsewhere, and knows a call's names", () => {
	it("could hang it up, or move its signalling to themselves", async () => {
		const world = await opened();
		world.dial();
		await expect.poll(world.steps).toEqual(["ringing", "answered"]);
		const [dialog] = world.provider.dialogs as [DialogState];
		const socket = await neighbour();
		// Of another trunk, so that it is heard at all.
		world.settings.push({ ...world.settings[0], id: "t2", name: "t2", host: "127.0.0.66", port: 9 } as never);
		await world.trunks.reload();
		for (const method of ["INFO", "BYE"])
			expect([method, await answered(socket, requestWithin({ ...dialog }, method))]).toEqual([method, 481]);
		expect(world.steps()).toEqual(["ringing", "answered"]);
		expect((await world.provider.within(dialog, "BYE")).status).toBe(200);
	});

	it("could take back a call that rings", async () => {
		const world = await opened({}, { sources: ["127.0.0.66"] });
		void world.provider.call(world.peer, ownNumber, { callId: "known", tag: "known" });
		await expect.poll(() => world.started.length).toBe(1);
		const cancel: SipRequest = {
			...inviteOf(0),
			method: "CANCEL",
			headers: [
				["From", "<sip:+4930222333@provider.test>;tag=known"],
				["To", `<sip:${ownNumber}@127.0.0.1>`],
				["Call-ID", "known"],
				["CSeq", "1 CANCEL"],
			],
		};
		expect(await answered(await neighbour(), cancel)).toBe(481);
		expect(world.left).toEqual([]);
	});

	it("is not heard at all where no trunk is", async () => {
		const world = await opened();
		const socket = await neighbour();
		await send(socket, writeMessage(inviteOf(1)));
		await expect.poll(() => world.warned).toContainEqual(expect.objectContaining({ event: "trunk.stranger" }));
		expect(world.started).toEqual([]);
	});
});

describe("what is written", () => {
	it("has no line of somebody else's making, whatever was put into it", () => {
		const evil = "x\r\nVia: evil\n\rRoute: <sip:evil>\0";
		const written = writeMessage({
			method: "INVITE",
			uri: `sip:${evil}@host`,
			body: "",
			headers: [["From", `"${evil}" <sip:a@b>`]],
		}).toString();
		expect(written.split("\r\n")).toHaveLength(5);
		expect(written.split("\r\n").filter((line) => /^(via|route)\b/i.test(line))).toEqual([]);
		expect(written).not.toMatch(/[\0]|(?<!\r)\n|\r(?!\n)/);
	});

	it("a head that is huge, or has too many lines, is none", () => {
		const withHeader = (value: string, times = 1) => {
			const invite = inviteOf(1);
			const more = Array.from({ length: times }, (_one, at): [string, string] => [`X-${at}`, value]);
			return readMessage(writeMessage({ ...invite, headers: [...invite.headers, ...more] }));
		};
		expect(withHeader("x".repeat(100), 3)).toBeDefined();
		expect(withHeader("x".repeat(5000))).toBeUndefined();
		expect(withHeader("x".repeat(3000), 6)).toBeUndefined();
		expect(withHeader("x", 300)).toBeUndefined();
		expect(header(inviteOf(1), "x-0")).toBeUndefined();
	});
});
