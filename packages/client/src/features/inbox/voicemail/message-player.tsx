import "../../../player/player.css";
import { Button, Spinner } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { PlayableRecording } from "../../../player/model.ts";
import { Player } from "../../../player/player.tsx";
import { t } from "../strings.ts";
import type { Message, VoicemailModel } from "./model.ts";

/** Plays a message; it counts as heard with its first sound. */
export function MessagePlayer({ message, model }: { message: Message; model: VoicemailModel }) {
	const [sound, setSound] = useState<(PlayableRecording & { url: string }) | "loading" | "failed">("loading");
	const load = async () => {
		setSound("loading");
		setSound(await model.sound(message).catch(() => "failed" as const));
	};
	useEffect(() => void load(), [message.id]);
	if (sound === "loading") return <Spinner label={t("loading")} />;
	if (sound === "failed")
		return (
			<div class="ui-row" role="alert">
				<span class="ui-error ui-grow">{t("failed")}</span>
				<Button size="small" onClick={() => void load()}>
					{t("retry")}
				</Button>
			</div>
		);
	const heard = () => {
		if (!message.read) void model.mark(message, true).catch(() => undefined);
	};
	return <Player recording={sound} url={sound.url} onReload={load} onPlay={heard} oneVoice />;
}
