import "../../../player/player.css";
import { Spinner } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { Player } from "../../../player/player.tsx";
import { useAgainWhenBack } from "../../../shell/again-when-back.ts";
import { NotLoaded } from "../../../shell/not-loaded.tsx";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { type Message, messageSound } from "./message.ts";

type Sound = Awaited<ReturnType<typeof messageSound>>;

/** Plays a message; it counts as heard with its first sound. */
export function MessagePlayer({
	message,
	workspace,
	atOnce = false,
	onHeard,
}: {
	message: Message;
	workspace: Workspace;
	atOnce?: boolean;
	onHeard: () => Promise<unknown>;
}) {
	const [sound, setSound] = useState<Sound | "loading" | "failed">("loading");
	const [why, setWhy] = useState<unknown>();
	const load = async () => {
		setSound("loading");
		setWhy(undefined);
		try {
			setSound(await messageSound(workspace.session.api, message));
		} catch (error) {
			setSound("failed");
			setWhy(error);
		}
	};
	useAgainWhenBack(workspace, why, load);
	useEffect(() => void load(), [message.id]);
	if (sound === "loading") return <Spinner label={t("loading")} />;
	if (sound === "failed") return <NotLoaded text={t("failed")} load={load} />;
	const heard = () => {
		if (!message.read) void onHeard().catch(() => undefined);
	};
	return (
		<Player
			recording={sound}
			workspace={workspace}
			url={sound.url}
			onReload={load}
			onPlay={heard}
			oneVoice
			atOnce={atOnce}
		/>
	);
}
