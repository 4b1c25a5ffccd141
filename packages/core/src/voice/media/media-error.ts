/** Why the media engine could not do what was asked; `code` is stable. */
export type MediaErrorCode =
	/** `start` failed: usually a port is taken or an address is not this machine's. */
	| "media.start-failed"
	/** The engine is not running (not started, stopped, or between a crash and its restart). */
	| "media.unavailable"
	/** The engine's process refused this one request. */
	| "media.refused"
	/** No port of the range for trunks' sound is free. */
	| "media.ports.taken";

export class MediaError extends Error {
	readonly code: MediaErrorCode;

	constructor(code: MediaErrorCode, message: string) {
		super(message);
		this.name = "MediaError";
		this.code = code;
	}
}
