/** A recording policy as the server has it. */
export interface RecordingPolicy {
	id: string;
	version: number;
	name: string;
	enabled: boolean;
	queueIds: string[];
	direction: "inbound" | "outbound" | null;
	percent: number;
	retentionDays: number | null;
	requireConsent: boolean;
	consentMessage: string | null;
}

/** The same in a form: texts as they are typed, and the queues as one field. */
export interface PolicyForm {
	name: string;
	enabled: boolean;
	/** Ids, sorted, with commas. */
	queues: string;
	direction: "both" | "inbound" | "outbound";
	percent: string;
	retentionDays: string;
	requireConsent: boolean;
	consentMessage: string;
}

export function policyFormOf(policy: RecordingPolicy): PolicyForm {
	const { name, enabled, queueIds, direction, percent, retentionDays, requireConsent, consentMessage } = policy;
	return {
		name,
		enabled,
		queues: queuesField(queueIds),
		direction: direction ?? "both",
		percent: String(percent),
		retentionDays: retentionDays === null ? "" : String(retentionDays),
		requireConsent,
		consentMessage: consentMessage ?? "",
	};
}

export function queuesField(ids: readonly string[]): string {
	return [...ids].sort().join(",");
}

export function queueIdsOf({ queues }: Pick<PolicyForm, "queues">): string[] {
	return queues === "" ? [] : queues.split(",");
}

/** What is sent. Only for a form without problems. */
export function policyBodyOf(form: PolicyForm) {
	const { name, enabled, direction, percent, retentionDays, requireConsent, consentMessage } = form;
	return {
		name: name.trim(),
		enabled,
		queueIds: queueIdsOf(form),
		direction: direction === "both" ? null : direction,
		percent: Number(percent),
		retentionDays: retentionDays.trim() === "" ? null : Number(retentionDays),
		requireConsent,
		consentMessage: consentMessage.trim() || null,
	};
}

/** Fields that cannot be sent as they are. */
export function policyProblems({ name, percent, retentionDays }: PolicyForm): Set<keyof PolicyForm> {
	const problems = new Set<keyof PolicyForm>();
	if (name.trim() === "") problems.add("name");
	if (!isWhole(percent, 1, 100)) problems.add("percent");
	if (retentionDays.trim() !== "" && !isWhole(retentionDays, 1, 36_500)) problems.add("retentionDays");
	return problems;
}

/** Whether a field holds a whole number within these limits. */
export function isWhole(text: string, least: number, most: number): boolean {
	return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
