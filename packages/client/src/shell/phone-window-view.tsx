import { Banner, Button } from "@inlay/ui";
import { t as soundText } from "../phone/strings.ts";
import { isWritten } from "../session/interaction.ts";
import { t } from "./phone-window-strings.ts";
import { t as shellText } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** What the phone's own window shows: whether it rings here, who rings, and what the sound needs. */
export function PhoneWindowView({ workspace }: { workspace: Workspace }) {
	const { phone, session } = workspace;
	const ringing = workspace.ringing.value;
	const call = session.conversations.listed.value.find((each) => each.state === "connected" && !isWritten(each));
	const problem = phone.problem.value;
	return (
		<main class="phone-window">
			<h1>{t("title", { name: session.me.name ?? "" })}</h1>
			<p role="status" data-phone-window={phone.line.state.value}>
				{ringing || call
					? workspace.nameOf((ringing ?? call) as NonNullable<typeof call>)
					: soundText(phone.readiness.value)}
			</p>
			{ringing && (
				<Button
					kind="good"
					icon="phone"
					data-call-control="pickup"
					onClick={() => void workspace.attempt(`pickup.${ringing.id}`, () => workspace.calls.pickUp(ringing))}
				>
					{shellText("answer")}
				</Button>
			)}
			{problem && (
				<Banner tone="bad" icon="mic-off" urgent>
					{shellText(`mic_${problem}`)}
				</Banner>
			)}
			{phone.soundBlocked.value && (
				<Button icon="speaker" kind="primary" onClick={() => phone.unblock()}>
					{shellText("soundPlay")}
				</Button>
			)}
			<p class="ui-hint">{t("keepOpen")}</p>
		</main>
	);
}
