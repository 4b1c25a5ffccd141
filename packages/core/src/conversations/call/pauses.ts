import { resumeJob, warningJob } from "../effects.ts";
import type { Frame } from "../frame.ts";
import { recordingResumes } from "./events.ts";

/** Ends pauses of recordings whose time is over, and has those who made them warned before (agent-features 6). */
export function followPauses({ kernel, store, changes }: Frame): void {
	kernel.jobs.handle(resumeJob, async (trx, payload) => {
		const { conversationId } = payload as { conversationId: string };
		// A conversation that was removed meanwhile needs no timer; failing would only bring the job back.
		if (!(await store.get(conversationId, trx))) return;
		await changes.apply(trx, { conversationId, commands: () => [{ type: "recording.resume" }] });
	});
	kernel.jobs.handle(warningJob, async (trx, payload) => {
		const found = await store.get((payload as { conversationId: string }).conversationId, trx);
		const { by, resumesAt } = found?.internal.pause ?? {};
		if (found && by && resumesAt) await kernel.events.append(trx, [recordingResumes(found.id, by)]);
	});
}
