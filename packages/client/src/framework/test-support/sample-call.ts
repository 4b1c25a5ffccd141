import type { PlatformConversation } from "../platform-conversation.ts";

export const AGENT_ID = "11111111-1111-4111-8111-111111111111";

/** An inbound queue call as the platform announces it: customer, queue, agent. `state` is that of the agent's leg. */
export function inboundCall(
	id: string,
	state: string,
	more: {
		held?: boolean;
		attributes?: Record<string, string>;
		wrapup?: { code: string; name?: string; durationSeconds?: number };
		wrapupRequired?: boolean;
	} = {},
): PlatformConversation {
	const connected = state === "connected" || state === "disconnected";
	const ended = state === "disconnected";
	return {
		id,
		recordingState: "NONE",
		securePause: false,
		participants: [
			{
				id: `${id}-customer`,
				purpose: "customer",
				name: "Ada Lovelace",
				address: "tel:+493012345",
				connectedTime: "2026-03-01T10:00:00Z",
				attributes: more.attributes ?? {},
				calls: [
					{
						id: `${id}-customer-call`,
						state: ended ? "disconnected" : "connected",
						direction: "inbound",
						connectedTime: "2026-03-01T10:00:00Z",
						self: { addressNormalized: "tel:+493012345", addressDisplayable: "+49 30 12345" },
						other: { addressNormalized: "tel:+4930999", addressDisplayable: "+49 30 999" },
					},
				],
			},
			{
				id: `${id}-acd`,
				purpose: "acd",
				name: "Service",
				queueId: "queue-1",
				connectedTime: "2026-03-01T10:00:02Z",
				...(connected ? { endTime: "2026-03-01T10:00:12Z" } : {}),
				calls: [{ id: `${id}-acd-call`, state: connected ? "disconnected" : "connected", direction: "inbound" }],
			},
			{
				id: `${id}-agent`,
				purpose: "agent",
				userId: AGENT_ID,
				queueId: "queue-1",
				...(connected ? { connectedTime: "2026-03-01T10:00:12Z" } : {}),
				...(ended ? { endTime: "2026-03-01T10:01:12Z" } : {}),
				wrapupRequired: more.wrapupRequired ?? true,
				...(more.wrapup ? { wrapup: more.wrapup } : {}),
				calls: [
					{
						id: `${id}-agent-call`,
						state,
						direction: "inbound",
						held: more.held ?? false,
						...(connected ? { connectedTime: "2026-03-01T10:00:12Z" } : {}),
						...(ended ? { disconnectedTime: "2026-03-01T10:01:12Z" } : {}),
						other: { name: "Ada Lovelace", addressNormalized: "tel:+493012345", addressDisplayable: "+49 30 12345" },
						self: { addressNormalized: "sip:agent@inlay" },
					},
				],
			},
		],
	};
}
