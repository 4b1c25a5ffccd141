import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CustomerCall } from "./customer-call.ts";

/** A browser as far as placing a call needs it; microphone and server answer when a test says so. */
let microphone: PromiseWithResolvers<MediaStream>;
let placed: PromiseWithResolvers<Response>;
let asked: number;
let stopped: number;
let sockets: FakeSocket[];

class FakeSocket {
	static readonly OPEN = 1;
	readonly sent: unknown[] = [];
	readyState = 1;
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: string }) => void) | null = null;

	constructor() {
		sockets.push(this);
	}

	send(text: string): void {
		this.sent.push(JSON.parse(text));
	}

	close(): void {
		this.readyState = 3;
	}
}

beforeEach(() => {
	microphone = Promise.withResolvers();
	placed = Promise.withResolvers();
	asked = stopped = 0;
	sockets = [];
	const globals = {
		window: new EventTarget(),
		navigator: { mediaDevices: { getUserMedia: () => microphone.promise } },
		Audio: class {},
		AudioContext: class {
			createMediaStreamSource = () => ({ connect: () => {} });
			close = () => {};
		},
		AnalyserNode: class {
			getFloatTimeDomainData = () => {};
		},
		requestAnimationFrame: () => 1,
		cancelAnimationFrame: () => {},
		WebSocket: FakeSocket,
		fetch: () => {
			asked++;
			return placed.promise;
		},
	};
	for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
});

afterEach(() => {
	vi.unstubAllGlobals();
});

const track = { enabled: true, stop: () => stopped++ };
const stream = { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
const settled = () => new Promise((resolve) => setTimeout(resolve));

it("hung up while the browser asked for the microphone: the call was placed all the same, and the microphone stayed open", async () => {
	const call = new CustomerCall("http://inlay.test");
	const starting = call.start({ to: "+1", name: "", phone: "" });
	call.hangUp();
	microphone.resolve(stream);
	await starting;
	expect([asked, stopped, call.state.value]).toEqual([0, 1, "ended"]);
});

it("hung up while the call was being placed: it rang an agent who found nobody", async () => {
	const call = new CustomerCall("http://inlay.test");
	const starting = call.start({ to: "+1", name: "", phone: "" });
	microphone.resolve(stream);
	await expect.poll(() => asked).toBe(1);
	call.hangUp();
	placed.resolve(new Response(JSON.stringify({ id: "c", secret: "s", socketPath: "/socket" })));
	await starting;
	await settled();
	const [socket] = sockets;
	socket?.onopen?.();
	socket?.onmessage?.({ data: JSON.stringify({ type: "state", state: "waiting" }) });
	expect(socket?.sent).toContainEqual({ type: "hangup" });
	expect([sockets.length, socket?.readyState, call.state.value]).toEqual([1, 3, "ended"]);
});
