import type { CallQualityFigures } from "@inlay/contract";
import { computed, effect } from "@preact/signals";
import { QualityWatch } from "../phone/quality/quality-watch.ts";
import { expectedSound } from "../session/expected-sound.ts";
import { isInterrupted } from "../session/interaction.ts";
import { steadyClock } from "../session/steady-clock.ts";
import { allFeatures } from "./features.ts";
import { HeadsetLink } from "./headset-link.ts";
import { PhoneWindow } from "./phone-window.ts";
import { followRings } from "./ring-notice.ts";
import type { Workspace } from "./workspace.ts";

/** What makes the phone better and is not needed to ring: loaded once the panel stands. */
export class SoundExtras {
	readonly quality: QualityWatch;
	readonly phoneWindow: PhoneWindow;
	readonly headset: HeadsetLink;
	readonly #clean: (() => void)[] = [];

	constructor(workspace: Workspace) {
		this.quality = watchQuality(workspace);
		this.phoneWindow = new PhoneWindow(workspace);
		this.headset = new HeadsetLink(workspace);
		const going = () => this.quality.handIn();
		window.addEventListener("pagehide", going);
		this.#clean.push(
			() => window.removeEventListener("pagehide", going),
			effect(() => {
				workspace.phone.states.value;
				this.quality.sweep();
			}),
			effect(() => tellLostMicrophone(workspace)),
			followInterruptions(workspace),
			followQuiet(workspace),
			followRings(workspace),
		);
	}

	dispose(): void {
		for (const clean of this.#clean.splice(0)) clean();
		this.quality.stop();
		this.phoneWindow.dispose();
		this.headset.dispose();
	}
}

function watchQuality({ session, phone }: Workspace): QualityWatch {
	const save = (conversationId: string, partId: string, figures: CallQualityFigures) =>
		session.api.request(
			"PUT",
			`/inlay/conversations/${encodeURIComponent(conversationId)}/quality/${partId}`,
			figures,
			{
				keepalive: true,
			},
		);
	return new QualityWatch({
		clock: session.clock,
		steadyMs: steadyClock.now,
		newId: () => crypto.randomUUID(),
		sounds: () => phone.sounds(),
		expectation: (conversationId) => expectedSound(session.conversations.find(conversationId)),
		save,
	});
}

/** Who talks looks at the CRM, not at the panel: that nobody hears them any more is heard. */
function tellLostMicrophone({ phone, inCall, ringer }: Workspace): void {
	if (phone.problem.value && inCall.value) ringer.chime();
}

/** The same of the other side. */
function followInterruptions({ session, ringer }: Workspace): () => void {
	const isAny = computed(() => session.conversations.listed.value.some(isInterrupted));
	return effect(() => {
		if (isAny.value) ringer.chime();
	});
}

/** What comes without a ring is heard once, wherever the agent looks: a campaign's contact, who is called in their time. */
function followQuiet({ session, ringer }: Workspace): () => void {
	const chimed = new Set<string>();
	return effect(() => {
		const isHere = session.desk.lead.here.value;
		const quiet = session.conversations.listed.value.filter((call) => allFeatures.some((each) => each.chimes?.(call)));
		for (const one of quiet) {
			if (isHere && !chimed.has(one.id)) ringer.chime();
			chimed.add(one.id);
		}
	});
}
