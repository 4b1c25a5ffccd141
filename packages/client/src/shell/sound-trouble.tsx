import { Banner, Button } from "@inlay/ui";
import { t } from "../phone/quality/strings.ts";
import { isInterrupted } from "../session/interaction.ts";
import { t as windowText } from "./phone-window-strings.ts";
import { t as shellText } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** What else there is to say of phone and sound. */
export function SoundBanners({ workspace }: { workspace: Workspace }) {
	return (
		<>
			<ClosedWindow workspace={workspace} />
			<OtherInterrupted workspace={workspace} />
			<SoundTrouble workspace={workspace} />
		</>
	);
}

/** The phone belongs into a window of its own, and browsers open that within a click only. */
function ClosedWindow({ workspace }: { workspace: Workspace }) {
	if (workspace.phone.readiness.value !== "noWindow") return null;
	const open = () => workspace.extras.peek()?.phoneWindow.open();
	return (
		<Banner
			tone="warn"
			icon="headset"
			action={
				<Button size="small" kind="primary" data-open-phone onClick={open}>
					{windowText("open")}
				</Button>
			}
		>
			{windowText("closed")}
		</Banner>
	);
}

/** Who is at the other end is not there just now: the server says so, and why. */
function OtherInterrupted({ workspace }: { workspace: Workspace }) {
	const call = workspace.session.conversations.listed.value.find(isInterrupted);
	if (!call?.otherInterrupted) return null;
	const name = workspace.nameOf(call) || shellText("somebody");
	return (
		<Banner tone="bad" icon="headset" urgent>
			<span data-sound-trouble={call.otherInterrupted}>
				{t(call.otherInterrupted === "pageClosed" ? "otherPageClosed" : "otherConnection", { name })}
			</span>
		</Banner>
	);
}

/** One-way sound and silence, in a sentence with what to do; gone when the sound is back. */
function SoundTrouble({ workspace }: { workspace: Workspace }) {
	const states = workspace.extras.value?.quality.states.value;
	const trouble = [...(states?.values() ?? [])].find((state) => state.trouble)?.trouble;
	// What is known of the microphone says more, and how to mend it.
	if (!trouble || (trouble === "microphoneSilent" && workspace.phone.problem.value)) return null;
	const isTheirs = trouble === "otherSilent";
	return (
		<Banner tone={isTheirs ? "warn" : "bad"} icon={isTheirs ? "speaker" : "headset"} urgent={!isTheirs}>
			<span data-sound-trouble={trouble}>{t(trouble)}</span>
		</Banner>
	);
}
