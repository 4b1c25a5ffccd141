import { type OutboundMine, outboundTopic } from "@inlay/contract";
import { Banner, Button } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const path = "/inlay/outbound/mine";

/** Above the work of who is on queue: the campaigns that call for them, and their rest from previews (agent-features 18). */
export function CampaignStrip({ workspace }: { workspace: Workspace }) {
	const { session } = workspace;
	const [mine, setMine] = useState<OutboundMine>();
	const isOnQueue = session.presence.routingStatus.value !== "OFF_QUEUE";
	const queues = session.queues.mine.value;
	const news = session.otherNews.value;
	const told = news?.topicName === outboundTopic(session.me.id) ? news : undefined;
	const isOpen = session.channel.state.value === "open";
	useEffect(() => {
		let isWanted = true;
		if (isOnQueue && isOpen)
			session.api.get<OutboundMine>(path).then(
				(found) => isWanted && setMine(found),
				() => undefined,
			);
		return () => {
			isWanted = false;
		};
	}, [isOnQueue, isOpen, queues, told]);
	if (!isOnQueue || !mine) return null;
	const isPaused = mine.previewsPaused;
	const previews = mine.campaigns.filter((one) => one.mode === "preview");
	const [first] = mine.campaigns;
	if (!first && !isPaused) return null;
	const turn = () =>
		workspace.attempt("outbound.pause", async () =>
			setMine(await session.api.put<OutboundMine>(path, { previewsPaused: !isPaused })),
		);
	const action = (isPaused || previews.length > 0) && (
		<Button
			size="small"
			busy={workspace.busy.value.has("outbound.pause")}
			data-previews={isPaused ? "resume" : "pause"}
			onClick={() => void turn()}
		>
			{t(isPaused ? "resume" : "pause")}
		</Button>
	);
	return (
		<Banner tone={isPaused ? "warn" : "info"} icon="outgoing" action={action || undefined}>
			<span data-campaign-strip={isPaused ? "paused" : "running"}>
				{isPaused ? t("paused") : t("campaigns", { names: mine.campaigns.map((one) => one.name).join(", ") })}
			</span>
		</Banner>
	);
}
