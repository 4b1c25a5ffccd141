import type { Kernel } from "../kernel/domain.ts";
import { LiveTranscripts } from "./live-transcripts.ts";
import type { TranscriptionSettingsService } from "./settings.ts";
import { socketTranscriber } from "./socket-transcriber.ts";
import type { Transcriber } from "./transcriber.ts";

export interface TranscriptionDeps {
	settings: TranscriptionSettingsService;
	organizationId(): Promise<string>;
	/** Tells whoever follows a topic now, and may. */
	tellNow(topic: string, body: unknown): void;
	/** What understands people; speech engines by WebSocket unless told. */
	transcriber?: Transcriber;
}

/** Speech becomes text: what says which, what understands it, and what was said in the calls that live (decision 72). */
export function createTranscription(kernel: Kernel, deps: TranscriptionDeps) {
	const { settings } = deps;
	const transcriber = deps.transcriber ?? socketTranscriber(kernel.outgoing);
	const transcripts = new LiveTranscripts({
		...{ transcriber, clock: kernel.clock, operators: kernel.operators },
		settings: () => settings.current(),
		organizationId: deps.organizationId,
		tellNow: deps.tellNow,
	});
	return { settings, transcriber, transcripts };
}
