/** Entry of a test peer's process. Started by probe-peer.ts; ends with its connection or its parent, whichever is first. */
import { PeerConnection } from "node-datachannel";
import type { FromPeer, ToPeer } from "./probe-peer.ts";

const connection = new PeerConnection("probe", { iceServers: [], disableAutoNegotiation: true });
connection.onLocalDescription((sdp) => tell({ kind: "answer", sdp }));
connection.onStateChange((state) => {
	if (state === "connected") tell({ kind: "connected" });
	if (state === "failed" || state === "closed") tell({ kind: "failed", state });
});

process.on("message", (told) => hear(told as ToPeer));
process.on("disconnect", () => process.exit(0));

function hear(told: ToPeer): void {
	if (told.kind === "offer") {
		connection.setRemoteDescription(told.sdp, "offer");
		connection.setLocalDescription("answer");
		return;
	}
	for (const candidate of told.candidates) connection.addRemoteCandidate(candidate, "0");
}

function tell(message: FromPeer): void {
	if (process.connected) process.send?.(message);
}
