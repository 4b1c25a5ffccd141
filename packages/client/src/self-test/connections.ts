/** Whether news and sound come through to the server. */
import type { Outcome, TestPage } from "./checks.ts";

const socketMs = 5_000;
const mediaMs = 8_000;
/** A timer that is later than that tells of a busy machine, ms. */
const lateMs = 500;

export function checkSocket({ window, api }: Pick<TestPage, "window" | "api">): Promise<Outcome> {
	const blocked = { code: "browser.socket.blocked", values: { host: new URL(api).host } } as const;
	return new Promise((resolve) => {
		const socket = new window.WebSocket(`${api.replace(/^http/, "ws")}/api/inlay/v1/health/socket`);
		const end = (outcome: Outcome) => {
			clearTimeout(timer);
			socket.close();
			resolve(outcome);
		};
		const timer = setTimeout(() => end(blocked), socketMs);
		socket.onopen = () => end("fine");
		socket.onerror = () => end(blocked);
	});
}

/** On a busy machine one try runs out of its time, and says nothing of the network. */
const mostTries = 2;

/** A connection as a call has one (ICE, DTLS, UDP), which carries nothing. Wrong is only what was wrong each time. */
export async function checkMedia(page: Pick<TestPage, "window" | "api">): Promise<Outcome> {
	const seen = new Set<MediaTry>();
	for (let tries = 0; tries < mostTries; tries += 1) {
		const now = await tryMedia(page);
		if (now === "connected") return "fine";
		seen.add(now);
	}
	// A busy server or browser says nothing of the network.
	return seen.has("unasked") || seen.has("late")
		? "unmeasured"
		: { code: "browser.media.unreachable", values: { host: new URL(page.api).hostname } };
}

/** `late`: nothing was heard within the time, neither yes nor no. */
type MediaTry = "connected" | "failed" | "late" | "unasked";

async function tryMedia({ window, api }: Pick<TestPage, "window" | "api">): Promise<MediaTry> {
	const probes = `${api}/api/inlay/v1/health/media-probes`;
	const begun = await ask<{ id: string; sdp: string }>(window, probes);
	if (!begun) return "unasked";
	const connection = new window.RTCPeerConnection();
	try {
		await connection.setRemoteDescription({ type: "offer", sdp: begun.sdp });
		await connection.setLocalDescription(await connection.createAnswer());
		const sdp = connection.localDescription?.sdp;
		const answered = await ask<{ candidates: string[] }>(window, `${probes}/${begun.id}/answer`, { sdp });
		if (!answered) return "unasked";
		for (const candidate of answered.candidates) await connection.addIceCandidate({ candidate, sdpMid: "0" });
		return await settled(connection);
	} finally {
		connection.close();
	}
}

/** Where UDP is dropped in silence, browsers say `failed` by themselves after some 15 s. */
function settled(connection: RTCPeerConnection): Promise<MediaTry> {
	return new Promise((resolve) => {
		const end = (how: MediaTry) => {
			clearTimeout(timer);
			resolve(how);
		};
		const began = performance.now();
		// A page that was not run for so long has not waited: what came meanwhile was not read.
		const timer = setTimeout(() => end(performance.now() - began < mediaMs + lateMs ? "failed" : "late"), mediaMs);
		const look = () => {
			const { connectionState: state } = connection;
			if (state === "connected" || state === "failed") end(state);
		};
		connection.onconnectionstatechange = look;
		look();
	});
}

async function ask<T>(window: Window, url: string, body?: unknown): Promise<T | undefined> {
	const json =
		body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
	const answer = await window.fetch(url, { method: "POST", ...json }).catch(() => undefined);
	return answer?.ok ? ((await answer.json()) as T) : undefined;
}
