import { type Api, listAll } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import { readQueues } from "../messages/address-model.ts";
import { isWhole } from "../recording/policy-form.ts";

const path = "/api/v2/voicemail/policy";

/** What holds for every mailbox, as the server has it. */
interface VoicemailPolicy {
	version: number;
	enabled: boolean;
	alertTimeoutSeconds: number;
	maximumRecordingTimeSeconds: number;
	inlayMaximumMessages: number;
	inlayRetentionDays: number | null;
	inlayStraightPresences: string[];
	inlayExitQueueId: string | null;
	inlayOverflow: { type: "group" | "queue"; id: string } | null;
	sendEmailNotifications: boolean;
	disableEmailPii: boolean;
	inlayNoticeFrom: string | null;
}

export interface PolicyForm {
	enabled: boolean;
	alertSeconds: string;
	longestSeconds: string;
	mostMessages: string;
	/** Empty for never. */
	retentionDays: string;
	/** Names of system presences. */
	presences: string[];
	/** Empty for none. */
	exitQueueId: string;
	/** Kind and id, as `queue:…`; empty for none. */
	overflow: string;
	emailNotices: boolean;
	noticeWithoutCaller: boolean;
	noticeFrom: string;
}

/** What holds for every mailbox. */
export class VoicemailPolicyModel extends Edited<VoicemailPolicy, PolicyForm> {
	/** To which callers can be led; none where one may not see them. */
	readonly queues: Loaded<readonly Queue[]>;
	/** Mailboxes that others share, by kind and id. */
	readonly shared: Loaded<ReadonlyArray<{ value: string; name: string }>>;

	constructor(api: Api, self: Self) {
		super({
			formOf,
			problemsOf: policyProblems,
			read: () => api.request("GET", path),
			save: (form, { version }) => api.request("PUT", path, { ...bodyOf(form), version }),
		});
		this.queues = new Loaded(() => readQueues(api, self));
		this.shared = new Loaded(async () => {
			const seesGroups = self.rights.peek().may(needs.viewGroups);
			const [groups, queues] = await Promise.all([
				seesGroups ? listAll<{ id: string; name: string }>(api, "/api/v2/groups") : [],
				readQueues(api, self),
			]);
			return [
				...groups.map(({ id, name }) => ({ value: `group:${id}`, name })),
				...queues.map(({ id, name }) => ({ value: `queue:${id}`, name })),
			];
		});
	}
}

function formOf(policy: VoicemailPolicy): PolicyForm {
	return {
		enabled: policy.enabled,
		alertSeconds: String(policy.alertTimeoutSeconds),
		longestSeconds: String(policy.maximumRecordingTimeSeconds),
		mostMessages: String(policy.inlayMaximumMessages),
		retentionDays: String(policy.inlayRetentionDays ?? ""),
		presences: policy.inlayStraightPresences,
		exitQueueId: policy.inlayExitQueueId ?? "",
		overflow: policy.inlayOverflow ? `${policy.inlayOverflow.type}:${policy.inlayOverflow.id}` : "",
		emailNotices: policy.sendEmailNotifications,
		noticeWithoutCaller: policy.disableEmailPii,
		noticeFrom: policy.inlayNoticeFrom ?? "",
	};
}

function bodyOf(form: PolicyForm): Omit<VoicemailPolicy, "version"> {
	return {
		enabled: form.enabled,
		alertTimeoutSeconds: Number(form.alertSeconds),
		maximumRecordingTimeSeconds: Number(form.longestSeconds),
		inlayMaximumMessages: Number(form.mostMessages),
		inlayRetentionDays: form.retentionDays.trim() === "" ? null : Number(form.retentionDays),
		inlayStraightPresences: form.presences,
		inlayExitQueueId: form.exitQueueId || null,
		inlayOverflow: overflowOf(form.overflow),
		sendEmailNotifications: form.emailNotices,
		disableEmailPii: form.noticeWithoutCaller,
		inlayNoticeFrom: form.noticeFrom.trim() || null,
	};
}

function overflowOf(chosen: string): VoicemailPolicy["inlayOverflow"] {
	const [type, ...id] = chosen.split(":");
	return type === "group" || type === "queue" ? { type, id: id.join(":") } : null;
}

function policyProblems(form: PolicyForm): Set<keyof PolicyForm> {
	const problems = new Set<keyof PolicyForm>();
	if (!isWhole(form.alertSeconds, 5, 60)) problems.add("alertSeconds");
	if (!isWhole(form.longestSeconds, 2, 180)) problems.add("longestSeconds");
	if (!isWhole(form.mostMessages, 1, 1000)) problems.add("mostMessages");
	if (form.emailNotices && !form.noticeFrom.includes("@")) problems.add("noticeFrom");
	if (form.retentionDays.trim() !== "" && !isWhole(form.retentionDays, 1, 3650)) problems.add("retentionDays");
	return problems;
}
