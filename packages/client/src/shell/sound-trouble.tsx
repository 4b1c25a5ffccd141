import { Banner } from "@inlay/ui";
import { t } from "../phone/quality/strings.ts";
import type { Workspace } from "./workspace.ts";

/** One-way sound and silence, in a sentence with what to do; gone when the sound is back. */
export function SoundTrouble({ workspace }: { workspace: Workspace }) {
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
