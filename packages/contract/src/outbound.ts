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
	/** ISO 8601: then the first number is called; absent where nothing is called by itself, or somebody has been. */
	callsAt?: string;
}
