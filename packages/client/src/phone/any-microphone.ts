import { MicrophoneError } from "./microphone.ts";

/** Where microphones come from. */
export interface MicrophoneSource {
	/** The wished one, or the default one when that is gone. Rejects with MicrophoneError. */
	open(deviceId: string | undefined): Promise<MediaStream>;
	/** Ids of those that there are. */
	list(): Promise<readonly string[]>;
}

/** What a microphone that was opened is instead of the wished one. */
export interface AnyMicrophone {
	stream: MediaStream;
	/** The wished one did not open or gave nothing, and this is the next that did. */
	isOther: boolean;
}

/** No other microphone opens where none may be opened. */
const holdsForAll: ReadonlySet<string> = new Set(["refused", "policy", "insecure"]);

/**
 * Opens the wished microphone; where another program has it, or it gives nothing, the next one that can be had.
 * Rejects with MicrophoneError of the wished one when there is none.
 * @param except ids that are known not to work
 */
export async function openAny(
	source: MicrophoneSource,
	wanted: string | undefined,
	except: readonly string[] = [],
): Promise<AnyMicrophone> {
	let problem: MicrophoneError | undefined;
	const open = async (deviceId: string | undefined): Promise<MediaStream | undefined> => {
		try {
			const stream = await source.open(deviceId);
			if (isHeard(stream) && !except.includes(idOf(stream))) return stream;
			stop(stream);
			problem ??= new MicrophoneError("silenced");
		} catch (error) {
			const known = error instanceof MicrophoneError ? error : new MicrophoneError("unknown");
			if (holdsForAll.has(known.problem)) throw known;
			problem ??= known;
		}
		return undefined;
	};
	const first = wanted !== undefined && except.includes(wanted) ? undefined : await open(wanted);
	if (first) return { stream: first, isOther: false };
	for (const other of await source.list()) {
		if (other === wanted || except.includes(other)) continue;
		const stream = await open(other);
		if (stream) return { stream, isOther: true };
	}
	throw problem ?? new MicrophoneError("no-device");
}

export function stop(stream: MediaStream | undefined): void {
	for (const track of stream?.getTracks() ?? []) track.stop();
}

function isHeard(stream: MediaStream): boolean {
	const track = stream.getAudioTracks()[0];
	return track?.readyState === "live" && !track.muted;
}

function idOf(stream: MediaStream): string {
	return stream.getAudioTracks()[0]?.getSettings().deviceId ?? "";
}
