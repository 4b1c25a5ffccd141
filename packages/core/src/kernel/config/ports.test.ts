import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { probePorts } from "./ports.ts";

let taken: Server;
let port: number;

beforeEach(async () => {
	({ taken, port } = await takePort());
});

afterEach(() => taken.close());

/**
 * A port that is taken, with two free ones below it. They are none that the system gives out by itself: a test beside this
 * one would get the neighbour at any moment.
 */
async function takePort(): Promise<{ taken: Server; port: number }> {
	for (;;) {
		const wanted = randomInt(20_000, 30_000);
		const [below, next, taken] = await Promise.all([wanted - 2, wanted - 1, wanted].map(listening));
		below?.close();
		next?.close();
		if (below && next && taken) return { taken, port: wanted };
		taken?.close();
	}
}

async function listening(wanted: number): Promise<Server | undefined> {
	const server = createServer().listen(wanted, "127.0.0.1");
	return once(server, "listening").then(
		() => server,
		() => undefined,
	);
}

const free = { host: "127.0.0.1", port: 1, panelPort: 1, demo: false };

test.each([
	["192.0.2.1", "EADDRNOTAVAIL"],
	["no-such-name.invalid", ""],
])("a wrong --host (%s) was a defect of Inlay's own, after the whole set-up", async (host, code) => {
	await expect(probePorts({ ...free, host, port, panelPort: port })).rejects.toMatchObject({
		code: "config.invalid",
		exitCode: 10,
		sentence: expect.stringMatching(new RegExp(`--host.*${host}.*${code}`)),
	});
});

test.each([
	["the API", () => ({ port }), "--port"],
	["the panel", () => ({ panelPort: port }), "--panel-port"],
	["the demo CRM", () => ({ port: port - 1, demo: true }), "--port"],
	["the demo's customer page", () => ({ port: port - 2, demo: true }), "--port"],
])("the port of %s was tested after the database was made", async (purpose, from, flag) => {
	await expect(probePorts({ ...free, port: 0, panelPort: 0, ...from() })).rejects.toMatchObject({
		code: "port.taken",
		sentence: expect.stringMatching(new RegExp(`Port ${port}, which ${purpose} needs.* ${flag}\\.$`)),
	});
});

test("a taken port of sound is named with its own flag", async () => {
	const sound = createSocket("udp4").bind(0, "127.0.0.1");
	await once(sound, "listening");
	const mediaPort = sound.address().port;
	await expect(probePorts({ ...free, port: 0, panelPort: 0, mediaPort })).rejects.toMatchObject({
		code: "port.taken",
		sentence: expect.stringContaining("--media-port"),
	});
	sound.close();
});

test("with a database of one's own, an earlier server may still have the ports: the wait for its end decides", async () => {
	await probePorts({ ...free, port, panelPort: port, databaseUrl: "postgres://somewhere/" });
});
