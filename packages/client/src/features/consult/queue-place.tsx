import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

interface Place {
	id: string;
	waiting: number;
	position?: number;
}

const everyMs = 10_000;

/** Where an agent who consults a queue stands in it (agent-features 2, "queue wait unlimited with position shown"). */
export function QueuePlace({
	workspace,
	call,
	partyId,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	partyId: string;
}) {
	const [place, setPlace] = useState<Place | undefined>();
	const queueId = call.source.participants?.find(({ id }) => id === partyId)?.queueId;
	const maySee = workspace.can("analytics:queueObservation:view");
	useEffect(() => {
		if (!queueId || !maySee) return undefined;
		const { api, clock } = workspace.session;
		let isOver = false;
		let stop = () => {};
		const path = `/inlay/routing/queues/states?id=${encodeURIComponent(queueId)}&conversationId=${encodeURIComponent(call.id)}`;
		const ask = async () => {
			// That it cannot be said now changes nothing of the consult.
			const found = await api.get<{ entities: Place[] }>(path).catch(() => undefined);
			if (isOver) return;
			setPlace(found?.entities[0]);
			stop = clock.after(everyMs, () => void ask());
		};
		void ask();
		return () => {
			isOver = true;
			stop();
		};
	}, [queueId, call.id, maySee]);
	if (place?.position === undefined) return null;
	return (
		<span class="consult-state" data-queue-place={place.position}>
			{t("place", { position: place.position, waiting: Math.max(place.waiting, place.position) })}
		</span>
	);
}
