/** Whether news and sound come through to the server. */
import type { Outcome, TestPage } from "./checks.ts";

const socketMs = 5_000;
const mediaMs = 8_000;

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

/** A connection as a call has one (ICE, DTLS, UDP), which carries nothing. */
export async function checkMedia({ window, api }: Pick<TestPage, "window" | "api">): Promise<Outcome> {
	const probes = `${api}/api/inlay/v1/health/media-probes`;
	const begun = await ask<{ id: string; sdp: string }>(window, probes);
	// A busy server says nothing of the network.
	if (!begun) return "unknown";
	const connection = new window.RTCPeerConnection();
	try {
		await connection.setRemoteDescription({ type: "offer", sdp: begun.sdp });
		await connection.setLocalDescription(await connection.createAnswer());
		const sdp = connection.localDescription?.sdp;
		const answered = await ask<{ candidates: string[] }>(window, `${probes}/${begun.id}/answer`, { sdp });
		if (!answered) return "unknown";
		for (const candidate of answered.candidates) await connection.addIceCandidate({ candidate, sdpMid: "0" });
		if (await isConnected(connection)) return "fine";
		return { code: "browser.media.unreachable", values: { host: new URL(api).hostname } };
	} finally {
		connection.close();
	}
}

function isConnected(connection: RTCPeerConnection): Promise<boolean> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), mediaMs);
		const look = () => {
			if (connection.connectionState !== "connected" && connection.connectionState !== "failed") return;
			clearTimeout(timer);
			resolve(connection.connectionState === "connected");
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
