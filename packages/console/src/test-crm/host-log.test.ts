import { expect, it } from "vitest";
import { HostLog } from "./host-log.ts";

function page() {
	const target = new EventTarget();
	const window = { addEventListener: target.addEventListener.bind(target) } as never;
	const sent: unknown[][] = [];
	const frame = { postMessage: (...all: unknown[]) => sent.push(all) } as unknown as Window;
	const log = new HostLog(window, "https://p");
	const post = (data: unknown, source: unknown = frame, origin = "https://p") =>
		target.dispatchEvent(Object.assign(new Event("message"), { data, source, origin }));
	return { log, frame, sent, post };
}

it("shows what the panel has told its page, and nobody else's messages", () => {
	const { log, frame, post } = page();
	post("before there is a frame");
	log.follow(frame);
	post('{"type":"screenPop","data":{"phone":"1"}}');
	post({ type: "raw" });
	post("plain");
	post("a stranger's", {});
	post("from elsewhere", frame, "https://elsewhere");
	expect(log.messages.value.map(({ from, type, number }) => [from, type, number])).toEqual([
		["panel", "", 3],
		["panel", "raw", 2],
		["panel", "screenPop", 1],
	]);
	expect(JSON.parse(log.messages.value[2]?.text ?? "")).toMatchObject({ data: { phone: "1" } });
});

it("sends what a CRM would, to the panel's own origin, and keeps no more than it can show", () => {
	const { log, frame, sent, post } = page();
	log.send({ type: "lost" });
	log.follow(frame);
	log.send({ type: "clickToDial", data: { number: "1" } });
	expect(sent).toEqual([['{"type":"clickToDial","data":{"number":"1"}}', "https://p"]]);
	expect(log.messages.value[0]).toMatchObject({ from: "page", type: "clickToDial" });
	for (let index = 0; index < 300; index += 1) post(`${index}`);
	expect(log.messages.value).toHaveLength(200);
	log.clear();
	expect(log.messages.value).toEqual([]);
});

it("a message that is no JSON was never shown", () => {
	const { log, frame, post } = page();
	log.follow(frame);
	const circle: Record<string, unknown> = { type: "circle", twice: [shared, shared] };
	circle.self = { circle };
	for (const data of [10n, circle, undefined, { at: new Map([["a", 1n]]), none: undefined }, new Error("why"), null])
		post(data);
	const texts = log.messages.value.map(({ text }) => JSON.parse(text)).reverse();
	expect(texts).toEqual([
		"10n",
		{ type: "circle", twice: [shared, shared], self: { circle: "…" } },
		"undefined",
		{ at: [["a", "1n"]], none: "undefined" },
		"Error: why",
		null,
	]);
	expect(log.messages.value[4]?.type).toBe("circle");
});

const shared = { id: 1 };
