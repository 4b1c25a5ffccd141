import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { World } from "./test-support/world.ts";

let world: World;
afterEach(() => world.close());

async function bound(port: number): Promise<Socket> {
	const socket = createSocket("udp4");
	socket.bind(port, "127.0.0.1");
	await once(socket, "listening");
	return socket;
}

/** A call runs; the next life of the server finds its port taken. */
async function withoutPort(): Promise<{ release(): void }> {
	world = new World();
	await world.start();
	world.dial();
	await expect.poll(() => world.kept.size).toBe(1);
	await world.trunks.stop();
	const other = await bound(0);
	world.port = other.address().port;
	world.trunks = world.make();
	await world.engine.start();
	await world.trunks.start();
	return { release: () => other.close() };
}

it("a call of the last run ended unheard where the port was taken at the start: it waits until it is free", async () => {
	const { release } = await withoutPort();
	world.dial({ legId: "new leg", resumed: true });
	expect(world.trunks.port).toBeUndefined();
	release();
	await expect.poll(() => world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "answered" });
	expect(world.provider.count("BYE")).toBe(0);
});

it("where it is not free for long our side is told, and the other side as soon as it is", async () => {
	const { release } = await withoutPort();
	world.dial({ legId: "new leg", resumed: true });
	await expect.poll(() => world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "hungup" });
	expect(world.kept.size, "until it is said the next life knows of it").toBe(1);
	release();
	await expect.poll(() => world.provider.count("BYE")).toBe(1);
	await expect.poll(() => world.kept.size).toBe(0);
});

it("calls that nobody takes up were forgotten without a word while the port was taken", async () => {
	const { release } = await withoutPort();
	// Longer than they are waited for, were the port open.
	await expect.poll(() => world.warned.length, { message: "tried more than once" }).toBeGreaterThan(5);
	expect(world.kept.size).toBe(1);
	release();
	await expect.poll(() => world.provider.count("BYE")).toBe(1);
	await expect.poll(() => world.kept.size).toBe(0);
});

it("who was stopped while the port was being opened left it open", async () => {
	world = new World();
	await world.start();
	await world.trunks.stop();
	const free = await bound(0);
	world.port = free.address().port;
	free.close();
	await once(free, "close");
	world.trunks = world.make();
	const [starting] = [world.trunks.start(), world.trunks.reload()];
	await world.trunks.stop();
	await starting;
	(await bound(world.port)).close();
	expect(world.trunks.port).toBeUndefined();
});
