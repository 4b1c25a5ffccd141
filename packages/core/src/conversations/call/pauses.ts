import type { Frame } from "../frame.ts";
import type { MediumChange, Timer } from "../medium.ts";
import type { Conversation } from "../model.ts";
import { recordingResumes } from "./events.ts";

/** A pause of the recording ends by itself, and somebody is warned of it; who was asked whether they agree has had their time. */
const resumeJob = "conversations.recording-resume";
const consentJob = "conversations.recording-consent";
const warningJob = "conversations.recording-warning";
/** How long before, in ms (agent-features 6). */
const warningMs = 10_000;

export function pauseTimers({ before, after }: MediumChange): Timer[] {
	const common = { key: after.id, payload: { conversationId: after.id } };
	const [was, is] = [before?.internal.pause?.resumesAt, after.internal.pause?.resumesAt];
	const earlier = (at: string | undefined) => at && new Date(Date.parse(at) - warningMs).toISOString();
	const [asked, isAsked] = [askedUntil(before), askedUntil(after)];
	return [
		{ ...common, kind: consentJob, was: asked, is: isAsked },
		{ ...common, kind: resumeJob, was, is },
		{ ...common, kind: warningJob, was: earlier(was), is: earlier(is) },
	];
}

function askedUntil(conversation: Conversation | undefined): string | undefined {
	const { consent } = conversation?.internal ?? {};
	return consent?.state === "refused" ? undefined : consent?.until;
}

/** Ends pauses of recordings whose time is over, and has those who made them warned before (agent-features 6). */
export function followPauses({ kernel, store, changes }: Frame): void {
	kernel.jobs.handle(resumeJob, async (trx, payload) => {
		const { conversationId } = payload as { conversationId: string };
		// A conversation that was removed meanwhile needs no timer; failing would only bring the job back.
		if (!(await store.get(conversationId, trx))) return;
		await changes.apply(trx, { conversationId, commands: () => [{ type: "recording.resume" }] });
	});
	kernel.jobs.handle(consentJob, async (trx, payload) => {
		const { conversationId } = payload as { conversationId: string };
		if (!(await store.get(conversationId, trx))) return;
		await changes.apply(trx, { conversationId, commands: () => [{ type: "consent.over" }] });
	});
	kernel.jobs.handle(warningJob, async (trx, payload) => {
		const found = await store.get((payload as { conversationId: string }).conversationId, trx);
		const { by, resumesAt } = found?.internal.pause ?? {};
		if (found && by && resumesAt) await kernel.events.append(trx, [recordingResumes(found.id, by)]);
	});
}
