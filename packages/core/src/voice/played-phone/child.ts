/** Entry of a played phone's process. Started by played-phone.ts; ends with its connection or its parent, whichever is first. */

import { PlayedCalls } from "./calls.ts";
import { PhoneStream } from "./phone-stream.ts";
import type { FromPhone, PhoneOrder } from "./played-phone.ts";
import { ToneCall } from "./tone-call.ts";

process.once("message", (order) => connect(order as PhoneOrder));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when the phone hangs up.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

function connect({ url, token, hz, answerAfterMs }: PhoneOrder): void {
	const socket = new WebSocket(url, "xmpp");
	const stream = new PhoneStream(
		token,
		(text) => socket.send(text),
		(news) => (news.kind === "bound" ? tell({ kind: "ready" }) : calls.hear(news)),
	);
	const calls = new PlayedCalls(
		{
			proceed: (sessionId) => stream.proceed(sessionId),
			talk: (sessionId, offer) => new ToneCall(offer, hz, (sdp) => stream.answer(sessionId, sdp)),
		},
		answerAfterMs,
	);
	socket.addEventListener("open", () => stream.open());
	socket.addEventListener("message", ({ data }) => stream.receive(String(data)));
	socket.addEventListener("close", () => process.exit(0));
}

function tell(message: FromPhone): void {
	if (process.connected) process.send?.(message);
}
