import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Link } from "./link.ts";

/** What the page's browser opens; the last one is the page's. */
class Socket {
	static readonly OPEN = 1;
	static last: Socket;
	readyState = 0;
	onopen: () => void = () => {};
	onmessage: (event: { data: string }) => void = () => {};
	onclose: (event: { code: number }) => void = () => {};
	constructor() {
		Socket.last = this;
	}
	send(): void {}
	close(): void {}
}

let told: string[];
beforeEach(() => {
	told = [];
	vi.useFakeTimers();
	vi.stubGlobal("WebSocket", Socket);
	new Link("https://api.example", "share", "secret", {
		received: ({ type }) => told.push(type),
		away: () => told.push("away"),
		over: () => told.push("over"),
	});
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** The connection breaks, and is tried again. */
function lose(code = 1006): void {
	const lost = Socket.last;
	lost.onclose({ code });
	for (let ms = 0; ms < 10_000 && Socket.last === lost; ms += 100) vi.advanceTimersByTime(100);
}
const hear = () => Socket.last.onmessage({ data: JSON.stringify({ type: "state" }) });

it("a customer read that their screen was seen while the server was down", () => {
	hear();
	lose();
	// It is back at once: nothing was noticed.
	hear();
	lose();
	lose();
	expect(told).toEqual(["state", "state", "away"]);
	hear();
	lose(4004);
	expect(told.slice(3)).toEqual(["state", "over"]);
});

it("a server that never came back was waited for without an end", () => {
	hear();
	for (let tries = 0; tries < 100 && !told.includes("over"); tries++) lose();
	expect(told.at(-1)).toBe("over");
	const last = Socket.last;
	vi.advanceTimersByTime(60_000);
	expect(Socket.last).toBe(last);
});
