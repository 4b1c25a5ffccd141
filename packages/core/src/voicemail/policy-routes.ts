import { type Static, Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import {
	Answer,
	allOf,
	anyOf,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { etagOf, SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import type { Owner } from "./model.ts";
import type { OrganizationPolicy, OwnSettings } from "./policies.ts";
import {
	alertRange,
	defaultRotateSeconds,
	groupRings,
	lengthRange,
	longestRetentionDays,
	messagesRange,
	readPresences,
} from "./policy.ts";
import type { MailboxGroup } from "./ports.ts";
import { groupRef } from "./views.ts";
import type { Voicemails } from "./voicemails.ts";

const path = "/api/v2/voicemail";
const read = readScope("voicemail");
const write = writeScope("voicemail");
const telephony = "telephony:plugin:all";
const viewOtherPolicies = "voicemail:userPolicy:viewOther";

const between = ([minimum, maximum]: readonly [number, number]) => Type.Integer({ minimum, maximum });

const PolicyBody = Type.Object({
	enabled: Type.Optional(Type.Boolean()),
	alertTimeoutSeconds: Type.Optional(between(alertRange)),
	maximumRecordingTimeSeconds: Type.Optional(between(lengthRange)),
	inlayStraightPresences: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })),
	inlayMaximumMessages: Type.Optional(between(messagesRange)),
	inlayExitQueueId: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
	inlayOverflow: Type.Optional(
		Type.Union([
			Type.Object({ type: Type.Enum(["group", "queue"]), id: Type.String({ minLength: 1, maxLength: 200 }) }),
			Type.Null(),
		]),
	),
	inlayRetentionDays: Type.Optional(
		Type.Union([Type.Integer({ minimum: 1, maximum: longestRetentionDays }), Type.Null()]),
	),
	sendEmailNotifications: Type.Optional(Type.Boolean()),
	disableEmailPii: Type.Optional(Type.Boolean()),
	inlayNoticeFrom: Type.Optional(Type.Union([Type.String({ minLength: 3, maxLength: 254 }), Type.Null()])),
	version: SeenVersion,
});

const UserBody = Type.Object({
	alertTimeoutSeconds: Type.Optional(between(alertRange)),
	sendEmailNotifications: Type.Optional(Type.Boolean()),
});

const ownOf = ({ sendEmailNotifications: emailNotices, ...rest }: Static<typeof UserBody>) => ({
	...rest,
	...(emailNotices === undefined ? {} : { emailNotices }),
});
const GroupBody = Type.Object({
	enabled: Type.Optional(Type.Boolean()),
	rotateCallsSecs: Type.Optional(between(alertRange)),
	inlayRing: Type.Optional(Type.Enum([...groupRings])),
});

/** What the organization, its people, groups and queues say of voicemail (platform-api 5.19, agent-features 7). */
export function voicemailPolicyRoutes(voicemails: Voicemails, sight: Sight): Route[] {
	return [...organizationRoutes(voicemails, sight), ...userRoutes(voicemails), ...ownerRoutes(voicemails)];
}

function organizationRoutes(voicemails: Voicemails, sight: Sight): Route[] {
	const { policies } = voicemails;
	const common = { path: `${path}/policy`, success: { status: 200, model: "VoicemailOrganizationPolicy" } } as const;
	return [
		route({
			...common,
			method: "GET",
			operationId: "getVoicemailPolicy",
			summary: "What holds for every mailbox.",
			permission: allOf(telephony),
			scope: read,
			handler: async () => organizationView(await policies.organization()),
		}),
		route({
			...common,
			method: "PUT",
			operationId: "putVoicemailPolicy",
			summary: "Changes what holds for every mailbox; what is absent stays as it is.",
			permission: everywhere(allOf(telephony)),
			scope: write,
			body: PolicyBody,
			honoursIfMatch: true,
			errors: ["version.conflict"],
			handler: async ({ body, headers, principal }) => {
				const seen = seenVersion(headers, body.version);
				const stored = storedOf(body);
				await sight.requireNew(principal, namedBy(stored), namedBy((await policies.organization()).value));
				await voicemails.requireSender(stored);
				return organizationView(await policies.setOrganization(stored, seen, actorOf(principal)));
			},
		}),
	];
}

function storedOf(body: Static<typeof PolicyBody>) {
	const { version: _version, ...asked } = body;
	const {
		inlayStraightPresences,
		inlayMaximumMessages,
		inlayRetentionDays,
		inlayExitQueueId,
		inlayOverflow,
		...others
	} = asked;
	const { sendEmailNotifications, disableEmailPii, inlayNoticeFrom, ...stored } = others;
	return {
		...stored,
		...(sendEmailNotifications === undefined ? {} : { emailNotices: sendEmailNotifications }),
		...(disableEmailPii === undefined ? {} : { noticeWithoutCaller: disableEmailPii }),
		...(inlayNoticeFrom === undefined ? {} : { noticeFrom: inlayNoticeFrom }),
		...(inlayExitQueueId === undefined ? {} : { exitQueueId: inlayExitQueueId }),
		...(inlayOverflow === undefined ? {} : { overflow: inlayOverflow }),
		...(inlayStraightPresences ? { straightPresences: readPresences(inlayStraightPresences) } : {}),
		...(inlayMaximumMessages === undefined ? {} : { maximumMessages: inlayMaximumMessages }),
		...(inlayRetentionDays === undefined ? {} : { retentionDays: inlayRetentionDays }),
	};
}

function namedBy({ exitQueueId, overflow }: Pick<ReturnType<typeof storedOf>, "exitQueueId" | "overflow">) {
	return { queue: [exitQueueId ?? undefined, overflow?.type === "queue" ? overflow.id : undefined] };
}

function organizationView({ version, value, modifiedAt }: OrganizationPolicy) {
	const { enabled, alertTimeoutSeconds, maximumRecordingTimeSeconds } = value;
	return versioned({
		enabled,
		alertTimeoutSeconds,
		maximumRecordingTimeSeconds,
		pinRequired: false,
		sendEmailNotifications: value.emailNotices,
		disableEmailPii: value.noticeWithoutCaller,
		inlayNoticeFrom: value.noticeFrom ?? null,
		inlayStraightPresences: value.straightPresences,
		inlayMaximumMessages: value.maximumMessages,
		inlayRetentionDays: value.retentionDays ?? null,
		inlayExitQueueId: value.exitQueueId ?? null,
		inlayOverflow: value.overflow ?? null,
		modifiedDate: modifiedAt.toISOString(),
		version,
	});
}

function userRoutes(voicemails: Voicemails): Route[] {
	const { policies, ports } = voicemails;

	async function view(userId: string, own: OwnSettings) {
		const { value } = await policies.organization();
		return answer(own, {
			enabled: value.enabled && (await ports.mayReceive(userId)),
			alertTimeoutSeconds: own.policy.alertTimeoutSeconds ?? value.alertTimeoutSeconds,
			sendEmailNotifications: own.policy.emailNotices ?? value.emailNotices,
			/** Of ours: the organization sends such mails. */
			inlayEmailNotices: value.emailNotices,
			...(own.modifiedAt ? { modifiedDate: own.modifiedAt.toISOString() } : {}),
		});
	}

	const owner = (id: string): Owner => ({ type: "user", id });

	async function known(userId: string) {
		const [user] = await ports.users([userId]);
		if (!user) throw notFound("user", userId);
		return user;
	}

	const success = { status: 200, model: "VoicemailUserPolicy" };
	return [
		route({
			method: "GET",
			path: `${path}/me/policy`,
			operationId: "getVoicemailMePolicy",
			summary: "How one's own calls reach one's mailbox.",
			permission: noPermission,
			scope: read,
			success,
			handler: async ({ principal }) => {
				const userId = requireUser(principal);
				return view(userId, await policies.of(owner(userId)));
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/me/policy`,
			operationId: "patchVoicemailMePolicy",
			summary: "How long one's phone rings before the mailbox answers.",
			permission: noPermission,
			scope: write,
			body: UserBody,
			readOnly: ["enabled"],
			success,
			honoursIfMatch: true,
			errors: ["version.conflict"],
			handler: async ({ principal, body, headers }) => {
				const userId = requireUser(principal);
				return view(
					userId,
					await policies.setOwn(owner(userId), ownOf(body), actorOf(principal), seenVersion(headers)),
				);
			},
		}),
		route({
			method: "GET",
			path: `${path}/userpolicies/:userId`,
			operationId: "getVoicemailUserpolicy",
			summary: "How a user's calls reach their mailbox.",
			permission: anyOf(telephony, viewOtherPolicies),
			scope: read,
			params: idParams("userId"),
			success,
			handler: async ({ principal, params }) => {
				const { id, divisionId } = await known(params.userId);
				requireInDivision(principal, [telephony, viewOtherPolicies], divisionId);
				return view(id, await policies.of(owner(id)));
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/userpolicies/:userId`,
			operationId: "patchVoicemailUserpolicy",
			summary: "How long a user's phone rings before their mailbox answers.",
			permission: anyOf(telephony, viewOtherPolicies),
			scope: write,
			params: idParams("userId"),
			body: UserBody,
			readOnly: ["enabled"],
			success,
			honoursIfMatch: true,
			errors: ["version.conflict"],
			handler: async ({ principal, params, body, headers }) => {
				const { id, divisionId } = await known(params.userId);
				requireInDivision(principal, [telephony, viewOtherPolicies], divisionId);
				return view(id, await policies.setOwn(owner(id), ownOf(body), actorOf(principal), seenVersion(headers)));
			},
		}),
	];
}

function ownerRoutes({ policies, ports }: Voicemails): Route[] {
	const editQueue = "routing:queue:edit";

	async function groupOf(groupId: string) {
		const group = await ports.group(groupId);
		if (!group) throw notFound("group", groupId);
		return group;
	}

	function groupView(group: MailboxGroup, own: OwnSettings) {
		const named = groupRef(group.id, { groups: new Map([[group.id, group]]) });
		const { enabled = true, ring = "together", rotateSeconds = defaultRotateSeconds } = own.policy;
		return answer(own, { name: group.name, group: named, enabled, rotateCallsSecs: rotateSeconds, inlayRing: ring });
	}

	const groupSuccess = { status: 200, model: "VoicemailGroupPolicy" };
	return [
		route({
			method: "GET",
			path: `${path}/groups/:groupId/policy`,
			operationId: "getVoicemailGroupPolicy",
			summary: "Whether a group's mailbox takes messages, and whom its calls ring before.",
			permission: noPermission,
			scope: read,
			params: idParams("groupId"),
			success: groupSuccess,
			handler: async ({ params }) => {
				const group = await groupOf(params.groupId);
				return groupView(group, await policies.of({ type: "group", id: group.id }));
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/groups/:groupId/policy`,
			operationId: "patchVoicemailGroupPolicy",
			summary: "Says whether a group's mailbox takes messages, and whom its calls ring before.",
			permission: everywhere(anyOf("directory:group:edit")),
			scope: write,
			params: idParams("groupId"),
			body: GroupBody,
			readOnly: ["name", "group"],
			success: groupSuccess,
			honoursIfMatch: true,
			errors: ["version.conflict"],
			handler: async ({ params, body, principal, headers }) => {
				const group = await groupOf(params.groupId);
				const seen = seenVersion(headers);
				const { rotateCallsSecs: rotateSeconds, inlayRing: ring, ...rest } = body;
				const own = { ...rest, ...(rotateSeconds ? { rotateSeconds } : {}), ...(ring ? { ring } : {}) };
				return groupView(group, await policies.setOwn({ type: "group", id: group.id }, own, actorOf(principal), seen));
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/voicemail/queues/:queueId/policy",
			operationId: "getInlayVoicemailQueuePolicy",
			summary: "Whether customers who wait in a queue may leave a message instead.",
			permission: anyOf("routing:queue:view", editQueue),
			scope: read,
			params: idParams("queueId"),
			success: { status: 200, description: "{enabled, whenUnstaffed}" },
			handler: async ({ params, principal }) => {
				const queue = await ports.queue(params.queueId);
				if (!queue) throw notFound("queue", params.queueId);
				requireInDivision(principal, ["routing:queue:view", editQueue], queue.divisionId);
				return queueView(await policies.of({ type: "queue", id: queue.id }));
			},
		}),
		route({
			method: "PUT",
			path: "/api/inlay/v1/voicemail/queues/:queueId/policy",
			operationId: "putInlayVoicemailQueuePolicy",
			summary: "Says whether customers who wait in a queue may leave a message instead.",
			permission: anyOf(editQueue),
			scope: write,
			params: idParams("queueId"),
			body: Type.Object({ enabled: Type.Boolean(), whenUnstaffed: Type.Optional(Type.Boolean()) }),
			success: { status: 200, description: "{enabled, whenUnstaffed}" },
			honoursIfMatch: true,
			errors: ["version.conflict"],
			handler: async ({ params, body, principal, headers }) => {
				const queue = await ports.queue(params.queueId);
				if (!queue) throw notFound("queue", params.queueId);
				requireInDivision(principal, [editQueue], queue.divisionId);
				const owner: Owner = { type: "queue", id: queue.id };
				return queueView(await policies.setOwn(owner, body, actorOf(principal), seenVersion(headers)));
			},
		}),
	];
}

function queueView(own: OwnSettings) {
	const { enabled = false, whenUnstaffed = false } = own.policy;
	return answer(own, { enabled, whenUnstaffed });
}

/** The SDK's models have no version: it is the ETag alone. */
function answer({ version }: Pick<OwnSettings, "version">, view: object): Answer {
	return new Answer(200, view, { etag: etagOf(version) });
}
