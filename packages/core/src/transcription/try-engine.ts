import { bytesPerMs, type SpeechEngine, type Transcriber } from "./transcriber.ts";

/** Long enough for an engine to have something to say of it, ms. */
const silenceMs = 1000;

/** Has an engine hear a second of silence to its end. @throws Error that says why it does not do its work */
export function tryEngine(transcriber: Transcriber, engine: SpeechEngine): Promise<void> {
	return new Promise((resolve, reject) => {
		const hearing = transcriber.begin(engine, {
			heard: () => {},
			ended: (trouble) => (trouble ? reject(trouble) : resolve()),
		});
		void hearing.take(new Uint8Array(silenceMs * bytesPerMs));
		hearing.finish();
	});
}
