import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the peer is told: an offer first, then where the other side is. */
export type ToPeer = { kind: "offer"; sdp: string } | { kind: "candidates"; candidates: readonly string[] };
/** What it tells: its answer, then whether media flows. */
export type FromPeer = { kind: "answer"; sdp: string } | { kind: "connected" } | { kind: "failed"; state: string };

/** The other side of a test, as `MediaProbes` is. */
export interface ProbeSide {
	begin(): Promise<{ id: string; sdp: string }>;
	answer(id: string, sdp: string): Promise<{ candidates: readonly string[] }>;
	end(id: string): void;
}

/** So long it may take to connect, ms. */
const longestMs = 5_000;

/**
 * Connects a peer on this machine to the media engine, by ICE and DTLS as a browser does, in a process of its own, so that nothing
 * of it can harm the server.
 */
export async function tryMedia(
	side: ProbeSide,
): Promise<{ works: true } | { works: false; address: string; detail: string }> {
	const { id, sdp } = await side.begin();
	const child = fork(fileURLToPath(new URL("./peer-child.ts", import.meta.url)), [], {
		execArgv: [],
		env: { PATH: process.env.PATH },
		stdio: ["ignore", "ignore", "ignore", "ipc"],
	});
	let address = "";
	try {
		return await new Promise((resolve) => {
			const fail = (detail: string) => resolve({ works: false, address, detail });
			const timer = setTimeout(() => fail("no connection within 5 seconds"), longestMs);
			child.once("exit", () => fail("the peer ended"));
			child.once("error", (error) => fail(error.message));
			child.on("message", async (told: FromPeer) => {
				if (told.kind === "connected") resolve({ works: true });
				if (told.kind === "failed") fail(told.state);
				if (told.kind !== "answer") return;
				const { candidates } = await side.answer(id, told.sdp).catch(() => ({ candidates: [] as string[] }));
				address = placeOf(candidates[0]);
				child.send({ kind: "candidates", candidates } satisfies ToPeer, () => {});
			});
			child.once("exit", () => clearTimeout(timer));
			child.send({ kind: "offer", sdp } satisfies ToPeer, () => {});
		});
	} finally {
		child.kill("SIGKILL");
		side.end(id);
	}
}

/** Address and port of a candidate: `candidate:1 1 UDP 2122 10.0.0.5 40000 typ host` (RFC 8839, 5.1). */
function placeOf(candidate: string | undefined): string {
	const [, , , , host = "", port = ""] = (candidate ?? "").split(" ");
	return port ? `${host}:${port}` : "";
}
