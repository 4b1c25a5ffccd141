import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeSocket } from "../test-support/fake-sockets.ts";
import { XmppStream } from "./stream.ts";
import { type Element, parseXml } from "./xml.ts";

let clock: FakeClock;
let socket: FakeSocket;
let stream: XmppStream;
let ready: RTCIceServer[] | undefined;
let closed: boolean[];
let messages: Element[];
let requests: Element[];

beforeEach(() => {
	clock = new FakeClock();
	socket = new FakeSocket("ws://server/stream/channels/1");
	ready = undefined;
	closed = [];
	messages = [];
	requests = [];
	let id = 0;
	stream = new XmppStream({
		socket,
		jid: "me@org.example",
		token: "tok",
		clock,
		canAnswer: () => true,
		newId: () => `${++id}`,
		onReady: (servers) => {
			ready = servers;
		},
		onMessage: (message) => messages.push(message),
		onRequest: (request) => requests.push(request),
		onClosed: (denied) => closed.push(denied),
	});
});

const sent = () => parseXml(socket.sent.at(-1) ?? "");

async function signOn(): Promise<void> {
	socket.open();
	socket.receive(`<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>`);
	socket.receive(`<success/>`);
	socket.receive(`<stream:features><bind/></stream:features>`);
	const [bind = "", ...services] = socket.sent.slice(-3).map((text) => parseXml(text)?.attributes.id);
	socket.receive(`<iq type="result" id="${bind}"><bind><jid>me@org.example/r</jid></bind></iq>`);
	for (const id of services) {
		socket.receive(`<iq type="result" id="${id}"><services><service type="stun" host="h" port="1"/></services></iq>`);
	}
	await expect.poll(() => ready).toBeDefined();
}

describe("XMPP stream", () => {
	it("opens, authenticates, binds and asks for TURN and STUN", async () => {
		await signOn();
		const names = socket.sent.map((text) => parseXml(text)?.name);
		expect(names).toEqual(["open", "auth", "open", "iq", "iq", "iq"]);
		expect(parseXml(socket.sent[0] ?? "")?.attributes.to).toBe("org.example");
		expect(ready).toEqual([{ urls: "stun:h:1" }, { urls: "stun:h:1" }]);
	});

	it("waited for each step of signing on, in a call that was silent meanwhile", async () => {
		socket.open();
		expect(socket.sent.map((text) => parseXml(text)?.name)).toEqual(["open", "auth", "open"]);
		socket.receive(`<stream:features><bind/></stream:features>`);
		await expect.poll(() => socket.sent.length).toBe(6);
	});

	it("tells a refused token from a passing failure", () => {
		socket.receive(`<failure><not-authorized/></failure>`);
		expect(closed).toEqual([true]);
	});

	it("treats a temporary failure as one", () => {
		socket.receive(`<failure><temporary-auth-failure/></failure>`);
		expect(closed).toEqual([false]);
	});

	it("pings every 14 seconds and gives the line up after two silences", async () => {
		await signOn();
		clock.advance(14_000);
		expect(socket.sent.at(-1)).toContain("urn:xmpp:ping");
		clock.advance(8000);
		await clock.waits(1);
		clock.advance(14_000);
		clock.advance(8000);
		await expect.poll(() => closed).toEqual([false]);
		expect(socket.closed).toBe(true);
	});

	it("acknowledges requests before it hands them on", async () => {
		await signOn();
		socket.receive(`<iq type="set" id="x1" from="peer"><genesys-webrtc>{}</genesys-webrtc></iq>`);
		expect(sent()?.attributes).toMatchObject({ type: "result", id: "x1", to: "peer" });
		expect(requests).toHaveLength(1);
	});

	it("leaves when the server asks to come back", async () => {
		await signOn();
		socket.receive(`<iq type="set" id="x2"><query xmlns="urn:xmpp:cxfr"/></iq>`);
		expect(closed).toEqual([false]);
	});

	it("hands messages on, and nothing after its end", async () => {
		await signOn();
		socket.receive(`<message from="a"><propose/></message>`);
		stream.close();
		socket.receive(`<message from="b"/>`);
		expect(messages.map((message) => message.attributes.from)).toEqual(["a"]);
		expect(socket.sent.at(-1)).toContain("<close");
	});

	it("answers an open request with nothing when the line breaks", async () => {
		await signOn();
		const pending = stream.request("get", "org.example");
		socket.drop();
		expect(await pending).toBeUndefined();
	});
});
