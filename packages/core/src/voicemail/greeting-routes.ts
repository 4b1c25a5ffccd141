import { type TSchema, Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import {
	Answer,
	anyOf,
	everywhere,
	noPermission,
	type PermissionRule,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { Greetings } from "./greetings.ts";
import type { Owner } from "./model.ts";
import type { Voicemails } from "./voicemails.ts";

const editGroup = "directory:group:edit";
const editQueue = "routing:queue:edit";

/** A minute of 16 kHz, or ten seconds of the best that microphones give, as base64. */
const GreetingBody = Type.Object({ audio: Type.String({ minLength: 1, maxLength: 4_000_000 }) });
const bodyLimit = 4_200_000;

type Ids = Readonly<Record<string, string>>;

interface Kind {
	path: string;
	/** In the operations' names. */
	name: string;
	/** In the summaries. */
	whose: string;
	permission: PermissionRule;
	params?: TSchema;
	owner(principal: Principal, ids: Ids): Owner | Promise<Owner>;
}

/** What callers hear before they speak (agent-features 7, "Greeting"): one's own, and those of groups and queues. */
export function greetingRoutes(greetings: Greetings, { ports }: Voicemails): Route[] {
	const kinds: Kind[] = [
		{
			path: "/api/v2/inlay/voicemail/me/greeting",
			name: "InlayVoicemailMeGreeting",
			whose: "one's own",
			permission: noPermission,
			owner: (principal) => ({ type: "user", id: requireUser(principal) }),
		},
		{
			path: "/api/inlay/v1/voicemail/groups/:groupId/greeting",
			name: "InlayVoicemailGroupGreeting",
			whose: "a group's",
			permission: everywhere(anyOf(editGroup)),
			params: idParams("groupId"),
			async owner(_principal, { groupId = "" }) {
				if (!(await ports.group(groupId))) throw notFound("group", groupId);
				return { type: "group", id: groupId };
			},
		},
		{
			path: "/api/inlay/v1/voicemail/queues/:queueId/greeting",
			name: "InlayVoicemailQueueGreeting",
			whose: "a queue's",
			permission: anyOf(editQueue),
			params: idParams("queueId"),
			async owner(principal, { queueId = "" }) {
				const queue = await ports.queue(queueId);
				if (!queue) throw notFound("queue", queueId);
				requireInDivision(principal, [editQueue], queue.divisionId);
				return { type: "queue", id: queueId };
			},
		},
	];
	return [listRoute(greetings), ...kinds.flatMap((kind) => threeOf(greetings, kind))];
}

function listRoute(greetings: Greetings): Route {
	return route({
		method: "GET",
		path: "/api/inlay/v1/voicemail/greetings",
		operationId: "getInlayVoicemailGreetings",
		summary: "What callers of the groups' and queues' mailboxes hear first; of those whose greeting one may change.",
		permission: anyOf(editGroup, editQueue),
		scope: readScope("voicemail"),
		query: pagedQuery({ name: Type.Optional(Type.String({ maxLength: 200 })) }),
		success: { status: 200, description: "Each {type, id, name, takesMessages, takesOverflow, kind, durationMs, url}" },
		async handler({ principal, query, url }) {
			const page = pageRequest(query);
			const filter = {
				groups: divisionsWith(principal, [editGroup]) === "all",
				queues: divisionsWith(principal, [editQueue]),
				name: query.name,
			};
			const slice = { limit: page.pageSize, offset: pageOffset(page) };
			const { entities, total } = await greetings.shared(filter, slice, principal);
			return pageOf(entities, total, page, url);
		},
	});
}

function threeOf(greetings: Greetings, { path, name, whose, permission, params, owner }: Kind): Route[] {
	const common = { path, permission, ...(params ? { params } : {}) };
	const success = { status: 200, description: "{kind, durationMs, url}, and whose it is where it is shared" };
	const view = ({ type, id }: Owner, principal: Principal) =>
		type === "user" ? greetings.view({ type, id }, principal) : greetings.sharedView({ type, id }, principal);
	return [
		route({
			...common,
			method: "GET",
			operationId: `get${name}`,
			summary: `What callers of ${whose} mailbox hear first.`,
			scope: readScope("voicemail"),
			success,
			handler: async ({ principal, params: ids }) => view(await owner(principal, (ids ?? {}) as Ids), principal),
		}),
		route({
			...common,
			method: "PUT",
			operationId: `put${name}`,
			summary: `Gives ${whose} mailbox a greeting: a WAV file, base64, of at most a minute.`,
			scope: writeScope("voicemail"),
			body: GreetingBody,
			bodyLimit,
			success,
			handler: async ({ principal, params: ids, body }) => {
				const mailbox = await owner(principal, (ids ?? {}) as Ids);
				await greetings.put(mailbox, body.audio, actorOf(principal));
				return view(mailbox, principal);
			},
		}),
		route({
			...common,
			method: "DELETE",
			operationId: `delete${name}`,
			summary: `Has ${whose} mailbox say the standard greeting again.`,
			scope: writeScope("voicemail"),
			success: { status: 204 },
			handler: async ({ principal, params: ids }) => {
				await greetings.reset(await owner(principal, (ids ?? {}) as Ids), actorOf(principal));
				return new Answer(204);
			},
		}),
	];
}
