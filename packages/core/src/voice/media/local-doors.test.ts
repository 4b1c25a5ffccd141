import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { LocalDoors } from "./local-doors.ts";

/** Loopback has many addresses: one of them stands for an address on a network. */
const lan = "127.9.9.1";
const stranger = "127.9.9.2";
const check = Buffer.concat([Buffer.from([0, 1, 0, 0]), Buffer.alloc(16, 7)]);
const sound = Buffer.from([128, 0, 1, 2]);
const closing: Array<() => void> = [];

afterEach(() => {
	for (const close of closing.splice(0)) close();
});

async function socketAt(address: string): Promise<Socket> {
	const socket = createSocket("udp4");
	closing.push(() => socket.close());
	socket.bind(0, address);
	await once(socket, "listening");
	return socket;
}

/** A media port that answers every packet with its sender's port and the packet. */
async function mediaPort(): Promise<{ port: number; heard: string[] }> {
	const socket = await socketAt("127.0.0.1");
	const heard: string[] = [];
	socket.on("message", (packet, { port, address }) => {
		heard.push(`${address} ${packet.toString("hex")}`);
		socket.send(Buffer.concat([Buffer.from(`${port} `), packet]), port, address);
	});
	return { port: socket.address().port, heard };
}

async function answerTo(socket: Socket, packet: Buffer, port: number, address: string): Promise<[Buffer, string]> {
	socket.send(packet, port, address);
	const [answer, from] = await once(socket, "message");
	return [answer, `${from.address}:${from.port}`];
}

async function doorsTo(port: number, addresses: string[]): Promise<LocalDoors> {
	const doors = new LocalDoors(port, () => addresses);
	closing.push(() => doors.close());
	await doors.refresh();
	return doors;
}

it("no call connected in Firefox: an own address of the machine leads to the port on loopback, and back", async () => {
	const media = await mediaPort();
	await doorsTo(media.port, [lan]);
	const browser = await socketAt(lan);
	const [answer, from] = await answerTo(browser, check, media.port, lan);
	expect(from, "the answer comes from where the question went").toBe(`${lan}:${media.port}`);
	expect(answer.subarray(-check.length)).toEqual(check);
	const [more] = await answerTo(browser, sound, media.port, lan);
	expect(more.subarray(-sound.length)).toEqual(sound);
});

it("tells two senders apart for the port", async () => {
	const media = await mediaPort();
	await doorsTo(media.port, [lan]);
	const ports = await Promise.all(
		[await socketAt(lan), await socketAt("127.0.0.1")].map(async (socket) => {
			const [answer] = await answerTo(socket, check, media.port, lan);
			return answer.toString("latin1").split(" ")[0];
		}),
	);
	expect(new Set(ports).size).toBe(2);
});

it("drops what comes from another machine, and sound from somebody who has not asked", async () => {
	const media = await mediaPort();
	await doorsTo(media.port, [lan]);
	const [foreign, silent, browser] = await Promise.all([stranger, lan, lan].map(socketAt));
	foreign?.send(check, media.port, lan);
	silent?.send(sound, media.port, lan);
	await answerTo(browser as Socket, check, media.port, lan);
	expect(media.heard).toEqual([`${lan} ${check.toString("hex")}`]);
});

it("follows the machine from network to network, and names no address whose port is taken", async () => {
	const media = await mediaPort();
	let addresses = [lan];
	const doors = new LocalDoors(media.port, () => addresses);
	closing.push(() => doors.close());
	expect(await Promise.all([doors.refresh(), doors.refresh()])).toEqual([[lan], [lan]]);
	addresses = ["127.9.9.3", "127.0.0.1"];
	expect(await doors.refresh()).toEqual(["127.9.9.3"]);
	const left = await socketAt("127.9.9.3");
	await answerTo(left, check, media.port, "127.9.9.3");
	expect(media.heard).toHaveLength(1);
});
