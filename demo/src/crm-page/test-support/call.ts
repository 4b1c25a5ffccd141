import type { Interaction } from "@inlay/contract";

/** A connected call as the panel tells it. */
export const call = (id: string, news: Partial<Interaction> = {}): Interaction => ({
	id,
	state: "CONNECTED",
	isConnected: true,
	isDisconnected: false,
	isDone: false,
	isCallback: false,
	isDialer: false,
	isChat: false,
	isEmail: false,
	isMessage: false,
	isVoicemail: false,
	isInternal: false,
	recordingState: "none",
	securePause: false,
	...news,
});
