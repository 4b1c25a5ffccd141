import type { Page } from "playwright-core";

export interface CallerOptions {
	api: string;
	to: string;
	name: string;
	phone: string;
}

/**
 * Calls from a page as a page of the organization would (docs: web calls), without the demo's own front end.
 * @returns the call's id, which is the conversation's
 */
export function placeCall(page: Page, options: CallerOptions): Promise<string> {
	return page.evaluate(call, options);
}

/** The state that the server has told the page last. */
export function callerState(page: Page): Promise<string> {
	return page.evaluate(() => (globalThis as unknown as CallerPage).callerState);
}

export function hangUp(page: Page): Promise<void> {
	return page.evaluate(() => (globalThis as unknown as CallerPage).hangUp());
}

interface CallerPage {
	callerState: string;
	hangUp(): void;
}

/** Runs in the page. */
async function call({ api, to, name, phone }: CallerOptions): Promise<string> {
	const self = globalThis as unknown as CallerPage;
	const answer = await fetch(`${api}/api/inlay/v1/webcalls`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ to, name, phone }),
	});
	if (!answer.ok) throw new Error(await answer.text());
	const { id, secret, socketPath } = (await answer.json()) as Record<"id" | "secret" | "socketPath", string>;
	const socket = new WebSocket(api.replace(/^http/, "ws") + socketPath);
	const send = (message: unknown) => socket.send(JSON.stringify(message));
	const early = new Map<string, RTCIceCandidateInit[]>();
	let current: { legId: string; pc: RTCPeerConnection } | undefined;
	const add = (candidate: RTCIceCandidateInit) => void current?.pc.addIceCandidate(candidate);
	/** A page that calls a hundred times must not go on with the sound of all of them. */
	const leave = () => {
		for (const { track } of current?.pc.getSenders() ?? []) track?.stop();
		current?.pc.close();
		current = undefined;
	};
	const offered = async ({ legId, sdp }: { legId: string; sdp: string }) => {
		leave();
		const pc = new RTCPeerConnection();
		current = { legId, pc };
		const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
		for (const track of stream.getTracks()) pc.addTrack(track, stream);
		pc.addEventListener("icecandidate", ({ candidate }) => {
			if (candidate) send({ type: "candidate", legId, candidate: candidate.candidate, mid: candidate.sdpMid });
		});
		await pc.setRemoteDescription({ type: "offer", sdp });
		await pc.setLocalDescription();
		send({ type: "answer", legId, sdp: pc.localDescription?.sdp });
		for (const candidate of early.get(legId) ?? []) add(candidate);
	};
	socket.addEventListener("open", () => send({ type: "hello", secret }));
	socket.addEventListener("message", ({ data }) => {
		const message = JSON.parse(data);
		if (message.type === "state") self.callerState = message.state;
		if (message.type === "state" && message.state === "ended") leave();
		if (message.type === "offer") void offered(message);
		if (message.type !== "candidate") return;
		const candidate = { candidate: message.candidate, sdpMid: message.mid };
		if (current && current.legId === message.legId && current.pc.remoteDescription) add(candidate);
		else early.set(message.legId, [...(early.get(message.legId) ?? []), candidate]);
	});
	self.hangUp = () => send({ type: "hangup" });
	return id;
}
