import { locale } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import type { KnownFacts, OfferedResponse } from "./offered.ts";

/** The responses for a conversation. @param medium absent where it is spoken */
export async function readOffered(
	{ session }: Workspace,
	{ queueId }: LiveInteraction,
	medium?: string,
): Promise<OfferedResponse[]> {
	const query = new URLSearchParams({ ...(medium ? { medium } : {}), ...(queueId ? { queueId } : {}) });
	const { entities } = await session.api.get<{ entities: OfferedResponse[] }>(
		`/api/inlay/v1/responses/offered?${query}`,
	);
	return entities;
}

/** That it is counted nobody waits for. */
export function noteUse({ session }: Workspace, call: LiveInteraction, { id }: Pick<OfferedResponse, "id">): void {
	session.api.post(`/api/inlay/v1/responses/${id}/uses`, { conversationId: call.id }).catch(() => undefined);
}

/** What is known of the conversation. */
export function factsOf({ session }: Workspace, call: LiveInteraction): KnownFacts {
	const of = (id: string | undefined) => call.source.participants?.find((one) => one.id === id)?.attributes;
	return {
		agentName: session.me.name ?? "",
		customerName: call.remoteName === call.remoteAddress ? "" : call.remoteName,
		queueName: call.queueName ?? "",
		date: new Intl.DateTimeFormat(locale.value, { dateStyle: "long" }).format(session.now.value),
		conversationId: call.id,
		attributes: { ...of(call.participantId), ...of(call.outsideId) },
	};
}
