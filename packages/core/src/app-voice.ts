import { join } from "node:path";
import type { People } from "./app-people.ts";
import { createLines } from "./app-trunks.ts";
import type { Work } from "./app-work.ts";
import { soundAddress } from "./kernel/config/ports.ts";
import { untilSaved } from "./kernel/database/until-saved.ts";
import type { Kernel } from "./kernel/domain.ts";
import type { Notifications } from "./notifications/notifications.ts";
import type { ScreenInvitations } from "./screen-share/invitations.ts";
import { createTranscription } from "./transcription/transcription.ts";
import { createMediaProcess } from "./voice/media/media-process.ts";
import type { MediaEngine } from "./voice/media-engine.ts";
import { MediaProbes } from "./voice/probes/media-probes.ts";
import { routedTrunk } from "./voice/routed-trunk.ts";
import { simulatedTrunk } from "./voice/simulated-trunk.ts";
import { createTrunks } from "./voice/sip/trunks.ts";
import { Voice } from "./voice/voice.ts";
import { GreetingFiles } from "./voicemail/greeting-files.ts";

/** Names, in conversations, calls that go out through the organization's trunk. */
export const outboundProvider = "Inlay Trunk";

/** Domain of the server's own XMPP addresses; clients only give it back. */
const jidDomain = "inlay.invalid";

/** Calls as sound: the media engine, the trunks to the outside, what is said as text. */
export function createVoice(
	kernel: Kernel,
	{
		people,
		work,
		notifications,
		invitations,
	}: { people: People; work: Work; notifications: Notifications; invitations: ScreenInvitations },
) {
	const engine = createEngine(kernel);
	const trunks = createTrunks(kernel);
	const lines = createLines(kernel, {
		...{ engine, store: trunks.store, provider: outboundProvider },
		...{ conversations: work.conversations, users: people.users },
	});
	kernel.feed.subscribe(({ type }) => {
		if (type === "trunk.changed" || type === "trunk.deleted") void untilSaved(() => lines.reload());
	});
	const transcription = createTranscription(kernel, {
		settings: work.transcriptionSettings,
		organizationId: async () => (await people.users.organization.get()).id,
		tellNow: (topic, body) => notifications.tellNow(topic, body),
	});
	const voice = new Voice(kernel, {
		lines,
		screens: invitations,
		queueStates: work.queueStates,
		listeners: transcription.transcripts,
		engine,
		conversations: work.conversations,
		notifications,
		phones: work.phones,
		parts: work.recordingParts,
		greetings: new GreetingFiles({ ...kernel, folder: join(kernel.config.dataDir, "greetings") }),
		authenticator: people.oauth,
		jidDomain,
		country: async () => (await people.users.organization.get()).defaultCountryCode,
		jidOf: (userId) => people.users.jabberIdOf(userId),
		trunks: new Map([[outboundProvider, routedTrunk(lines, kernel.config.demo ? simulatedTrunk(engine) : undefined)]]),
		persistentMs: (userId) => work.stations.persistentMs(userId),
	});
	return { engine, probes: new MediaProbes(engine), trunks, lines, transcription, voice };
}

/** Where sound goes: this machine alone, or everywhere, announced by the address that was told or by the machine's own. */
function createEngine({ config, log }: Kernel): MediaEngine {
	return createMediaProcess({
		log,
		bindAddress: soundAddress(config),
		announce: config.mediaAddress ? [config.mediaAddress] : "own",
		...(config.mediaPort ? { udpPort: config.mediaPort } : {}),
		...(config.trunkPorts ? { rtpPorts: config.trunkPorts } : {}),
	});
}
