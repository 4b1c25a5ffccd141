import { join } from "node:path";
import { type Kernel, type Services, startPlayedPhone } from "@inlay/core";
import { readJsonFile, writeJsonFile } from "../crm/durable-file.ts";
import type { DemoFile } from "../demo-file.ts";
import { clientIds, people } from "../facts.ts";
import { Colleague, type Shift } from "./colleague.ts";
import { type CallPlace, leaveMessage } from "./leaves-message.ts";
import { ask, signIn } from "./session.ts";

/** Told apart from every other sound of the demo: its voices, 440 and 480 Hz of the ring, 660 Hz of the far end. */
const benHz = 880;
const answerAfterMs = 3000;

/** Ben, played: signs in as anybody does, has his phone on the line, answers after three seconds and talks in tones. */
export interface PlayedBen extends Pick<Colleague, "whereabouts" | "call"> {
	/** Kept over restarts. */
	want: Colleague["want"];
	start(): Promise<void>;
	stop(): Promise<void>;
}

export function playBen(
	kernel: Kernel,
	{ phones, conversations }: Pick<Services, "phones" | "conversations">,
	demo: DemoFile,
): PlayedBen {
	const file = join(kernel.config.dataDir, "demo-colleague.json");
	const own = new Set<string>();
	const ben = people.agent2.id;
	const colleague = new Colleague({
		isSomebodyElse: () => phones.phonesOf(ben).some(({ client }) => !own.has(client)),
		begin: () => beginShift(demo, own, speakToMailbox),
		log: kernel.log,
	});
	function speakToMailbox(id: string): void {
		const place = async () => placeOf(await conversations.get(id));
		const hangUp = () => conversations.disconnect(id, { userId: ben, may: () => true });
		leaveMessage(place, hangUp).catch((error: unknown) => kernel.log.warn({ err: error }, "Ben's message"));
	}
	const stopWatching = [
		phones.onReachable((userId, { client }) => {
			if (userId === ben && !own.has(client)) void colleague.somebodyCame();
		}),
		phones.onGone((userId) => {
			if (userId === ben) colleague.somebodyLeft();
		}),
	];
	return {
		get whereabouts() {
			return colleague.whereabouts;
		},
		call: (userId) => colleague.call(userId),
		async want(isWanted) {
			if (isWanted !== colleague.isWanted) await writeJsonFile(file, { played: isWanted });
			return colleague.want(isWanted);
		},
		async start() {
			const kept = (await readJsonFile(file)) as { played?: unknown } | undefined;
			// Nobody waits for him.
			if (kept?.played === true && !demo.users.agent2.isDeleted) void colleague.want(true);
		},
		async stop() {
			for (const stop of stopWatching) stop();
			await colleague.stop();
		},
	};
}

function placeOf(call: Awaited<ReturnType<Services["conversations"]["get"]>>): CallPlace {
	if (!call || call.endTime) return "over";
	const live = call.participants.filter(({ endTime }) => !endTime);
	if (live.some(({ purpose }) => purpose === "voicemail")) return "mailbox";
	return live.filter(({ connectedTime }) => connectedTime).length > 1 ? "talking" : "ringing";
}

async function beginShift(
	{ api, panel, users }: DemoFile,
	own: Set<string>,
	called: (conversationId: string) => void,
): Promise<Shift> {
	const { username, id } = users.agent2;
	const presence = `/users/${id}/presences/purecloud`;
	const redirectUri = `${panel}/crm/index.html`;
	const token = await signIn({ api, clientId: clientIds.panel, redirectUri, username });
	const as = <T>(method: string, path: string, body?: unknown) => ask<T>(api, token, method, path, body);
	const path = "/notifications/channels?connectionType=streaming";
	const channel = await as<{ id: string; connectUri: string }>("POST", path);
	own.add(channel.id);
	const phone = startPlayedPhone({ url: channel.connectUri, token, hz: benHz, answerAfterMs });
	await as("PATCH", presence, { presenceDefinition: { id: "Available" } });
	return {
		ready: phone.ready,
		ended: phone.ended,
		async call(callUserId) {
			const { id } = await as<{ id: string }>("POST", "/conversations/calls", { callUserId });
			called(id);
		},
		async leave(alone) {
			phone.stop();
			if (alone) await as("PATCH", presence, { presenceDefinition: { id: "Offline" } });
			await as("DELETE", "/tokens/me");
		},
	};
}
