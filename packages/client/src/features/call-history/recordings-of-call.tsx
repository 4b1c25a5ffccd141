import "../../player/player.css";
import { Button } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { type PlayableRecording, recordingsOf } from "../../player/model.ts";
import { Player } from "../../player/player.tsx";
import { t } from "../../player/strings.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { Workspace } from "../../shell/workspace.ts";

/** What was recorded of a conversation, each with its player; only what the agent may hear. */
export function RecordingsOfCall({ workspace, conversationId }: { workspace: Workspace; conversationId: string }) {
	const [found, setFound] = useState<PlayableRecording[] | "loading" | "failed">("loading");
	const [why, setWhy] = useState<unknown>();
	const load = async () => {
		setFound("loading");
		setWhy(undefined);
		try {
			setFound(await recordingsOf(workspace.session.api, conversationId));
		} catch (error) {
			setFound("failed");
			setWhy(error);
		}
	};
	useAgainWhenBack(workspace, why, load);
	useEffect(() => void load(), []);
	if (found === "loading") return <p class="ui-hint player-hint">{t("loading")}</p>;
	if (found === "failed") return <NotLoaded text={t("failed")} load={load} place="player-hint" />;
	if (found.length === 0) return <p class="ui-hint player-hint">{t("none")}</p>;
	return (
		<ul class="recordings">
			{found.map((recording) => (
				<li key={recording.id} data-recording={recording.id}>
					<span class="ui-muted">{t(recording.kind === "user" ? "own" : "policy")}</span>
					<Playable recording={recording} workspace={workspace} onReload={load} />
				</li>
			))}
		</ul>
	);
}

function Playable({
	recording,
	workspace,
	onReload,
}: {
	recording: PlayableRecording;
	workspace: Workspace;
	onReload: () => Promise<void>;
}) {
	if (recording.state === "failed") return <p class="ui-error">{t("broken")}</p>;
	if (recording.state === "available" && recording.url)
		return <Player recording={recording} workspace={workspace} url={recording.url} onReload={onReload} />;
	return (
		<div class="ui-row">
			<span class="ui-hint ui-grow">{t("preparing")}</span>
			<Button size="small" onClick={() => void onReload()}>
				{t("retry")}
			</Button>
		</div>
	);
}
