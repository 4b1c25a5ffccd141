import { keptDevices } from "../phone/devices.ts";
import { EarlyCalls } from "../phone/early-calls.ts";
import { EarlyStream, type PhoneBefore } from "../phone/early-stream.ts";
import { openPhoneSocket } from "../phone/phone-socket.ts";
import { ApiClient } from "../session/api.ts";
import { browserClock, ServerTime } from "../session/clock.ts";
import type { Workspace } from "../shell/workspace.ts";
import { phoneKey } from "./load-workspace.ts";
import { type KeyValue, readJson } from "./storage.ts";

/** As this page goes, the next one of the tab learns that a phone was on the line. @returns stops that */
export function leavePhone({ phone }: Workspace, store: KeyValue): () => void {
	const going = () => {
		const left = phone.leaving();
		if (left) store.setItem(phoneKey, JSON.stringify(left));
	};
	window.addEventListener("pagehide", going);
	return () => window.removeEventListener("pagehide", going);
}

export interface PhoneBeforeOptions {
	/** Of this tab. */
	store: KeyValue;
	/** Where the agent's devices are kept. */
	local: KeyValue;
	/** Origin of the API. */
	base: string;
	/** The panel's token, once there is one; rejects where there will be none. */
	token: Promise<string>;
}

/** Opens the stream of the phone that the page before had; undefined where it had none. */
export function phoneBefore({ store, local, base, token }: PhoneBeforeOptions): EarlyStream | undefined {
	const before = readJson<PhoneBefore>(store, phoneKey, (value) => typeof value.jid === "string");
	store.removeItem(phoneKey);
	if (!before) return undefined;
	let current = "";
	return new EarlyStream({
		api: new ApiClient({ base, token: () => current, onUnauthorized: () => {}, time: new ServerTime() }),
		before,
		token: token.then((each) => (current = each)),
		clock: browserClock,
		newId: () => crypto.randomUUID(),
		openSocket: openPhoneSocket,
		...(before.wasHeard ? { calls: earlyCalls(before, local) } : {}),
	});
}

function earlyCalls({ wasSending }: PhoneBefore, local: KeyValue): EarlyCalls {
	const kept = keptDevices(local);
	return new EarlyCalls({ microphone: kept?.microphone, speaker: kept?.speaker, isSending: wasSending });
}
