import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { english } from "../../words.ts";
import type { ShareFrame, ShareSettings } from "../protocol.ts";

const built = new URL("../../../dist/cobrowse.js", import.meta.url);

const settings: ShareSettings = {
	...{ allowAgentControl: true, allowAgentNavigation: true, allowDraw: true, showPath: false },
	maskSelectors: [".vault"],
	readonlySelectors: [".fixed"],
	pauseCriteria: [{ urlFragment: "/private", condition: "includes" }],
};

/** A shop whose page is shared, and what of it goes over the wire. The server's side is played by the test. */
export async function sharedShop(pages: Readonly<Record<string, string>>) {
	const frames: string[] = [];
	let socket: WebSocket | undefined;
	const http = createServer(({ url = "" }, answer) => {
		if (url === "/cobrowse.js")
			return void answer.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(built));
		const html = pages[url] ?? pages["/"] ?? "";
		answer.writeHead(200, { "content-type": "text/html; charset=utf-8" });
		answer.end(`<!doctype html><html lang="en"><head><title>Shop</title></head><body>${html}</body></html>`);
	});
	new WebSocketServer({ server: http, maxPayload: 20_000_000 }).on("connection", (opened) => {
		socket = opened;
		opened.on("message", (data) => {
			const text = data.toString();
			frames.push(text);
			if (JSON.parse(text).type === "hello") send({ type: "session", agent: "Anna", settings, isWatched: true });
		});
	});
	const send = (frame: ShareFrame) => socket?.send(JSON.stringify(frame));
	await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
	const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	const read = () => frames.map((text) => JSON.parse(text));
	return {
		origin,
		frames,
		send,
		/** What the page has told, of that kind. */
		told: (type: string) => read().filter((frame) => frame.type === type),
		/** All events of the recorder's. */
		events: () => read().flatMap((frame) => frame.events ?? []),
		/** The customer has agreed. @returns once the page has been shown */
		async share(page: Page): Promise<void> {
			const before = frames.length;
			await page.addScriptTag({ url: "/cobrowse.js" });
			await page.evaluate(
				({ api, words }) => {
					const share = { sessionId: "s1", key: "k".repeat(32), agent: "Anna" };
					window.InlayCobrowse?.start({
						...{ api, share, language: "en" },
						say: (word, params) => (words[word] ?? word).replace("{name}", params?.name ?? ""),
						keep: () => {},
						ended: (text) => document.body.setAttribute("data-ended", text),
					});
				},
				{ api: origin, words: english as Record<string, string> },
			);
			await expect.poll(() => frames.slice(before).some((text) => text.includes('"type":2'))).toBe(true);
		},
		/** The recorder's number of an element, by its `id`, as the page has told it last. */
		nodeOf(id: string): number {
			const all = JSON.stringify(
				read()
					.filter((frame) => frame.type === "recorded")
					.at(0),
			);
			const seen = [...all.matchAll(new RegExp(`"attributes":\\{"id":"${id}"[^{}]*\\}`, "g"))].at(-1);
			const rest = all.slice(seen?.index ?? 0);
			// The number follows the element's own children.
			let depth = 0;
			for (let at = rest.indexOf('"childNodes":['); at < rest.length; at++) {
				if (rest[at] === "[") depth++;
				if (rest[at] === "]" && --depth === 0) return Number(/"id":(\d+)/.exec(rest.slice(at))?.[1]);
			}
			return 0;
		},
		close() {
			socket?.terminate();
			http.close();
			http.closeAllConnections();
		},
	};
}
