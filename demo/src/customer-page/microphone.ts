export type MicrophoneProblem = "refused" | "none" | "busy" | "insecure";

/** A microphone that did not open. */
export class MicrophoneError extends Error {
	readonly problem: MicrophoneProblem;

	constructor(problem: MicrophoneProblem) {
		super(problem);
		this.problem = problem;
	}
}

/** Opens the caller's microphone. @throws MicrophoneError */
export async function openMicrophone(): Promise<MediaStream> {
	if (!navigator.mediaDevices) throw new MicrophoneError("insecure");
	try {
		return await navigator.mediaDevices.getUserMedia({
			audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
		});
	} catch (error) {
		const name = error instanceof DOMException ? error.name : "";
		if (name === "NotAllowedError" || name === "SecurityError") throw new MicrophoneError("refused");
		throw new MicrophoneError(name === "NotFoundError" ? "none" : "busy");
	}
}
