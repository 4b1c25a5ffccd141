/** A contact of a campaign as its agent sees it (`GET /api/v2/inlay/outbound/interactions/{id}`, agent-features 18). */
export interface OutboundPreview {
	conversationId: string;
	campaign: { id: string; name: string };
	mode: "preview" | "progressive" | "power";
	/** Those that may be called, the first is called first; E.164. */
	numbers: Array<{ column: string; number: string; type: string; zone: string; isForbidden?: boolean }>;
	/** Absent for who may not see contacts (`outbound:contact:view`). */
	columns?: Array<{ name: string; value: string }>;
	/** The contact's last ones, newest first. */
	attempts: Array<{ at: string; number: string; result?: string }>;
	/** What one may do with it beside calling: its number onto the DNC list, the contact out of the campaign. */
	actions: Array<"doNotCall" | "remove">;
	skipEnabled: boolean;
	/** What may be said by who passes it over; empty: nothing need be. */
	skipReasons: string[];
	/** ISO 8601: then the first number is called; absent where nothing is called by itself, or somebody has been. */
	callsAt?: string;
}

/** What an agent hears of campaigns (`GET /api/v2/inlay/outbound/mine`): those that call for the queues in which they work. */
export interface OutboundMine {
	/** The most important one first. */
	campaigns: Array<{ id: string; name: string; mode: OutboundPreview["mode"] }>;
	/** They want no previews for now; ends with being on queue. */
	previewsPaused: boolean;
}

/** An agent's own: what `OutboundMine` says may be another now. */
export function outboundTopic(userId: string): string {
	return `v2.inlay.outbound.${userId}`;
}
