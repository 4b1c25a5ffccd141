import { expect, it, test } from "vitest";
import {
	checkAllow,
	checkAutoplay,
	checkClock,
	checkMicrophone,
	checkNetwork,
	checkPopups,
	checkSpeaker,
	checkStorage,
	type Outcome,
	type TestPage,
} from "./checks.ts";
import { checkMedia, checkSocket } from "./connections.ts";
import { playsUnasked, type Sound } from "./plays-unasked.ts";
import { browserName } from "./tell-server.ts";

interface Faults {
	/** Names of the errors that it throws. */
	microphone?: string;
	outputs?: number;
	storage?: "blocked" | "partitioned";
	forbidden?: string[];
	network?: string;
	socket?: "blocked";
}

/** A window in a frame, as far as the checks ask it. */
function windowWith(faults: Faults): TestPage["window"] {
	const kept = new Map<string, string>();
	const throwing = () => {
		throw new DOMException("", "SecurityError");
	};
	class Socket {
		onopen?: () => void;
		onerror?: () => void;
		constructor() {
			queueMicrotask(() => (faults.socket ? this.onerror?.() : this.onopen?.()));
		}
		close() {}
	}
	return {
		parent: {},
		document: {
			featurePolicy: { allowsFeature: (one: string) => !faults.forbidden?.includes(one) },
			hasStorageAccess: async () => faults.storage !== "partitioned",
		},
		navigator: {
			mediaDevices: {
				async getUserMedia() {
					if (faults.microphone) throw new DOMException("", faults.microphone);
					return { getTracks: () => [{ stop() {} }] };
				},
				enumerateDevices: async () => Array.from({ length: faults.outputs ?? 1 }, () => ({ kind: "audiooutput" })),
			},
			permissions: { query: async () => ({ state: faults.network ?? "prompt" }) },
		},
		HTMLMediaElement: class {
			setSinkId() {}
		},
		localStorage: {
			setItem: faults.storage === "blocked" ? throwing : (key: string, value: string) => void kept.set(key, value),
			removeItem: (key: string) => void kept.delete(key),
		},
		WebSocket: Socket,
		fetch: async () => new Response("{}", { status: 503 }),
	} as unknown as TestPage["window"];
}

const api = "https://inlay.example";
const blocked = { code: "browser.socket.blocked", values: {} } as const;
const page = (faults: Faults) => ({ window: windowWith(faults), api });

test.each<[string, string, () => Outcome | Promise<Outcome>]>([
	["browser.microphone.missing", "no device", () => checkMicrophone(page({ microphone: "NotFoundError" }))],
	["browser.microphone.denied", "refused", () => checkMicrophone(page({ microphone: "NotAllowedError" }))],
	["browser.microphone.not.allowed", "frame", () => checkMicrophone(page({ forbidden: ["microphone"] }))],
	["browser.speaker.missing", "no output", () => checkSpeaker(page({ outputs: 0 }))],
	["browser.popups.blocked", "blocker", () => checkPopups({ popup: "blocked" })],
	["browser.storage.blocked", "throws", () => checkStorage(page({ storage: "blocked" }))],
	["browser.storage.partitioned", "in a frame", () => checkStorage(page({ storage: "partitioned" }))],
	["browser.autoplay.blocked", "suspended", () => checkAutoplay({ playsUnasked: false })],
	["browser.allow.missing", "autoplay", () => checkAllow(page({ forbidden: ["autoplay"] }))],
	["browser.socket.blocked", "no handshake", () => checkSocket(page({ socket: "blocked" }))],
	["browser.local.network", "refused once", () => checkNetwork(page({ network: "denied" }), blocked)],
	["clock.off", "three minutes", () => checkClock({ serverTime: 0 }, 180_000)],
])("%s: %s", async (code, _what, check) => {
	expect(await check()).toMatchObject({ code });
});

it("finds nothing in a browser that works", async () => {
	const good = page({});
	const all = [checkMicrophone, checkSpeaker, checkStorage, checkAllow, checkSocket];
	for (const check of all) expect(await check(good)).toBe("fine");
	expect(checkClock({ serverTime: 0 }, 60_000)).toBe("fine");
	expect(await checkNetwork(page({ network: "denied" }), "fine"), "a frame has no leave, and needs none").toBe("fine");
});

it("what a browser or a busy server does not tell is no fault", async () => {
	const silent = { window: { ...windowWith({}), document: {}, HTMLMediaElement: class {} } as never, api };
	expect([checkAllow(silent), await checkSpeaker(silent), await checkStorage(silent)]).toEqual([
		"unknown",
		"unknown",
		"unknown",
	]);
	expect(await checkMedia(page({}))).toBe("unmeasured");
});

test.each([
	[
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
		"Chrome 143, Linux",
	],
	[
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
		"Edge 143, Windows",
	],
	["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140, Linux"],
	[
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15",
		"Safari 18, Mac OS X",
	],
	["", "?"],
])("%s is told as %s", (userAgent, name) => {
	expect(browserName(userAgent)).toBe(name);
});

it("sound was told as blocked, as the browser begins suspended and runs a moment later", async () => {
	const sound = (state: AudioContextState, later?: AudioContextState) => () => {
		const target = new EventTarget();
		const made = Object.assign(target, { state, close: async () => {} });
		if (later) {
			queueMicrotask(() => {
				made.state = later;
				target.dispatchEvent(new Event("statechange"));
			});
		}
		return made as unknown as Sound;
	};
	expect(await playsUnasked(sound("suspended", "running"))).toBe(true);
	expect(await playsUnasked(sound("running"))).toBe(true);
	expect(await playsUnasked(sound("suspended"), 0)).toBe(false);
	const none = () => {
		throw new DOMException("no audio", "NotSupportedError");
	};
	expect(await playsUnasked(none), "the page was not shown").toBe(false);
});
