import { once } from "node:events";
import { type IncomingMessage, type RequestListener, type Server, request as send } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { createLimitedServer, type ServerOptions } from "./http-server.ts";

const limits = { headersMs: 300, requestMs: 300, checkMs: 50, keepAliveMs: 300, stuckMs: 300 };
const answering: RequestListener = (request, response) => {
	request.resume().on("end", () => response.end("done"));
};

let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await new Promise((resolve) => server?.close(resolve));
});

async function start(listener: RequestListener, options: ServerOptions): Promise<number> {
	server = createLimitedServer(listener, options);
	await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
	return (server.address() as AddressInfo).port;
}

/** A connection that says something and then nothing more. */
async function saying(port: number, text: string): Promise<Socket> {
	const socket = connect(port, "127.0.0.1");
	sockets.push(socket);
	socket.on("error", () => undefined).resume();
	await once(socket, "connect");
	if (text) socket.write(text);
	return socket;
}

/** However they end: one that is cut with something unread on it says so by an error first. */
const ended = (all: Socket[]) =>
	Promise.all(
		all.map((socket) => socket.closed || new Promise<void>((resolve) => socket.once("close", () => resolve()))),
	);

it("300 unfinished bodies stayed open for ever: each ends in its time", async () => {
	const port = await start(answering, { limits });
	const unfinished = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf";
	await ended(await Promise.all(Array.from({ length: 300 }, () => saying(port, unfinished))));
});

it.each([
	["says nothing at all", ""],
	["does not finish its headers", "GET / HTTP/1.1\r\nHost: x\r\n"],
	["asks once and then keeps the line", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
])("a connection that %s ends", async (_what, text) => {
	const port = await start(answering, { limits });
	await ended([await saying(port, text)]);
});

it("a connection whose answer never moves ends", async () => {
	const port = await start(() => undefined, { limits });
	await ended([await saying(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")]);
});

it("connections refused by the limit left no trace", async () => {
	const warn = vi.fn();
	const port = await start(answering, { limits: { perAddress: 1 }, operators: { warn } });
	await saying(port, "");
	await ended([await saying(port, "")]);
	const told = { event: "access.refused", code: "too.many.connections", address: "127.0.0.1" };
	expect(warn).toHaveBeenCalledWith(told, expect.any(String), { key: "127.0.0.1", isStranger: true });
});

it("one address has only so many connections, a reverse proxy that is named any number", async () => {
	const few = { limits: { perAddress: 2 } };
	const port = await start(answering, few);
	const kept = [await saying(port, ""), await saying(port, "")];
	await ended([await saying(port, "")]);
	kept[0]?.destroy();
	await once(kept[0] as Socket, "close");
	expect(await bodyOf(port, "a.example")).toBe("done");

	await new Promise((resolve) => server?.close(resolve) && server?.closeAllConnections());
	const proxied = await start(answering, { ...few, trustProxy: ["10.0.0.1", "127.0.0.0/8"] });
	for (let i = 0; i < 5; i++) await saying(proxied, "");
	expect(await bodyOf(proxied, "a.example")).toBe("done");
});

it("hands requests of another host name to another listener", async () => {
	const panel: RequestListener = (_request, response) => void response.end("panel");
	const port = await start(answering, {
		elsewhere: ({ headers }) => (headers.host === "panel.example" ? panel : undefined),
	});
	expect(await bodyOf(port, "panel.example")).toBe("panel");
	expect(await bodyOf(port, "inlay.example")).toBe("done");
});

async function bodyOf(port: number, host: string): Promise<string> {
	const request = send({ port, host: "127.0.0.1", headers: { host }, agent: false });
	request.end();
	const [answer] = (await once(request, "response")) as [IncomingMessage];
	return (await answer.setEncoding("utf8").toArray()).join("");
}
