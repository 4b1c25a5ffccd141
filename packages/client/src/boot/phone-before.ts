import { EarlyStream } from "../phone/early-stream.ts";
import { openPhoneSocket } from "../phone/phone-socket.ts";
import { ApiClient } from "../session/api.ts";
import { browserClock, ServerTime } from "../session/clock.ts";
import type { Workspace } from "../shell/workspace.ts";
import type { KeyValue } from "./storage.ts";

/** Holds the address of a phone that was on the line when its page went. */
const key = "inlay.phone.jid";

/** As this page goes, the next one of the tab learns that a phone was on the line. @returns stops that */
export function leavePhone({ phone, session }: Workspace, store: KeyValue): () => void {
	const going = () => {
		const jid = session.me.chat?.jabberId;
		if (jid && phone.line.state.peek() === "ready") store.setItem(key, jid);
	};
	window.addEventListener("pagehide", going);
	return () => window.removeEventListener("pagehide", going);
}

/** Opens the stream of the phone that the page before had; undefined where it had none. */
export function phoneBefore(store: KeyValue, base: string, token: () => string | undefined): EarlyStream | undefined {
	const jid = store.getItem(key);
	store.removeItem(key);
	if (!jid) return undefined;
	return new EarlyStream({
		api: new ApiClient({ base, token, onUnauthorized: () => {}, time: new ServerTime() }),
		jid,
		token: () => token() ?? "",
		clock: browserClock,
		newId: () => crypto.randomUUID(),
		openSocket: openPhoneSocket,
	});
}
