/** What a browser gives of a screen. Never sound (agent-features 13). */

const mostPixels = { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 15 } };

/** Whether the browser can at all: those of phones cannot. */
export function canCapture(): boolean {
	return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

/** Asks for a screen or window; call it from a click. Rejects where the person chooses none. */
export async function capture(): Promise<MediaStreamTrack> {
	const stream = await navigator.mediaDevices.getDisplayMedia({ video: mostPixels, audio: false });
	const [track] = stream.getVideoTracks();
	if (!track) throw new Error("The browser gave no picture.");
	// Text has to be read: rather fewer pictures than blurred ones.
	track.contentHint = "detail";
	return track;
}

/** What the server is told of it. */
export function factsOf(track: MediaStreamTrack): { surface?: string; width?: number; height?: number } {
	const { displaySurface: surface, width, height } = track.getSettings();
	return {
		...(surface ? { surface } : {}),
		...(width && height ? { width: Math.round(width), height: Math.round(height) } : {}),
	};
}
