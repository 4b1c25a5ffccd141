import type { GroundParts } from "./ground.ts";

type Realm = Window & typeof globalThis;

/** What the panel's phone is made by; nothing where the browser, or a test, has none. */
export function sound(window: Realm): GroundParts[] {
	const { RTCPeerConnection: connection } = window;
	if (typeof connection !== "function") return [];
	return [
		{
			name: "sound",
			holders: [connection.prototype],
			names: { on: window, names: ["RTCPeerConnection", "RTCSessionDescription", "MediaStream", "AudioContext"] },
			works: () => {
				const one = new window.RTCPeerConnection();
				try {
					one.addTransceiver("audio");
					one.createOffer().catch(() => undefined);
					return one.signalingState === "stable" && new window.MediaStream().getTracks().length === 0;
				} finally {
					one.close();
				}
			},
		},
	];
}
