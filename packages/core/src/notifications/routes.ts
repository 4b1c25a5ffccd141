import { type PlatformTopic, platformModels, platformSchema, platformTopics } from "@inlay/contract";
import { Type } from "typebox";
import { Answer, noPermission, type Route, route, writeScope } from "../kernel/http/route.ts";
import { expanding, honouring, idParams, readList } from "../kernel/http/schemas.ts";
import type { ChannelTopic, Notifications } from "./notifications.ts";
import type { StoredChannel } from "./store.ts";

/** Counts and lengths beyond the limits are refused by the rules, with codes of their own (platform-api 5.1). */
const Topics = Type.Array(Type.Object({ id: Type.String({ minLength: 1, maxLength: 1000 }) }), { maxItems: 5000 });
const IgnoreErrors = Type.Object({ ignoreErrors: Type.Optional(Type.Boolean({ default: false })) });
const base = "/api/v2/notifications";

/** @param socketBase where sockets are reached from outside, e.g. `ws://localhost:8080` */
export function notificationRoutes(notifications: Notifications, socketBase: string): Route[] {
	const toChannel = (channel: StoredChannel) => ({
		id: channel.id,
		connectUri: `${socketBase}${channel.kind === "streaming" ? "/stream" : ""}/channels/${channel.id}`,
		expires: channel.expiresAt,
	});
	return [availableTopics(), ...channelRoutes(notifications, toChannel), ...subscriptionRoutes(notifications)];
}

function availableTopics(): Route {
	return route({
		method: "GET",
		path: `${base}/availabletopics`,
		operationId: "getNotificationsAvailabletopics",
		summary: "List the topics that can be followed.",
		permission: noPermission,
		scope: writeScope("notifications"),
		// No topic is a preview: asking for those adds none.
		query: Type.Object({
			expand: expanding("description", "visibility", "transports", "schema", "topicParameters"),
			includePreview: Type.Optional(Type.Boolean()),
		}),
		success: { status: 200, model: "AvailableTopicEntityListing" },
		handler: ({ query }) => {
			const expand = new Set(readList(query.expand).map((one) => one.toLowerCase()));
			return { entities: platformTopics.map((topic) => topicView(topic, expand)) };
		},
	});
}

function topicView({ topic, eventClass }: PlatformTopic, expand: ReadonlySet<string>) {
	const hasSchema = eventClass !== null && Object.hasOwn(platformModels, eventClass);
	return {
		id: topic,
		description: eventClass ? `Events of the shape ${eventClass}.` : topic,
		visibility: "Public",
		transports: ["Websocket"],
		...(expand.has("schema") && hasSchema ? { schema: platformSchema(eventClass) } : {}),
		...(expand.has("topicparameters") ? { topicParameters: topic.match(/\{\w+\}/g) ?? [] } : {}),
	};
}

function channelRoutes(notifications: Notifications, toChannel: (channel: StoredChannel) => unknown): Route[] {
	return [
		route({
			method: "GET",
			path: `${base}/channels`,
			operationId: "getNotificationsChannels",
			summary: "List one's own channels.",
			permission: noPermission,
			scope: writeScope("notifications"),
			query: Type.Object({
				includechannels: Type.Optional(Type.Union([Type.Literal("token"), Type.Literal("oauthclient")])),
			}),
			success: { status: 200, model: "ChannelEntityListing" },
			handler: async ({ principal, query }) => ({
				entities: (await notifications.channelsOf(principal, query.includechannels ?? "token")).map(toChannel),
			}),
		}),
		route({
			method: "POST",
			path: `${base}/channels`,
			operationId: "postNotificationsChannels",
			summary: "Make a channel and learn where its WebSocket is.",
			permission: noPermission,
			scope: writeScope("notifications"),
			query: Type.Object({ connectionType: honouring("streaming") }),
			success: { status: 200, model: "Channel" },
			handler: async ({ principal, query }) =>
				toChannel(
					await notifications.createChannel(
						principal,
						query.connectionType?.toLowerCase() === "streaming" ? "streaming" : "plain",
					),
				),
		}),
		route({
			method: "HEAD",
			path: `${base}/channels/:channelId`,
			operationId: "headNotificationsChannel",
			summary: "Ask whether a channel is still there.",
			permission: noPermission,
			scope: writeScope("notifications"),
			params: idParams("channelId"),
			success: { status: 200 },
			handler: async ({ principal, params }) => {
				await notifications.ownChannel(principal, params.channelId);
				return new Answer(200);
			},
		}),
	];
}

function subscriptionRoutes(notifications: Notifications): Route[] {
	const path = `${base}/channels/:channelId/subscriptions`;
	const common = { path, permission: noPermission, scope: writeScope("notifications"), params: idParams("channelId") };
	const listing = { status: 200, model: "ChannelTopicEntityListing" };
	const write = (method: "PUT" | "POST", operationId: string, summary: string, replace: boolean) =>
		route({
			...common,
			method,
			operationId,
			summary,
			query: IgnoreErrors,
			body: Topics,
			readOnly: "rest",
			success: listing,
			errors: [
				"notification.invalid.topic",
				"notification.unauthorized.topic",
				"notification.subscription.too.many.subscriptions",
			],
			handler: async ({ principal, params, query, body }) =>
				toListing(
					await notifications.subscribe(
						principal,
						params.channelId,
						body.map((topic) => topic.id),
						{ replace, ignoreErrors: query.ignoreErrors ?? false },
					),
				),
		});
	return [
		route({
			...common,
			method: "GET",
			operationId: "getNotificationsChannelSubscriptions",
			summary: "List what a channel follows.",
			success: listing,
			handler: async ({ principal, params }) => toListing(await notifications.topicsOf(principal, params.channelId)),
		}),
		write("PUT", "putNotificationsChannelSubscriptions", "Replace what a channel follows.", true),
		write("POST", "postNotificationsChannelSubscriptions", "Add to what a channel follows.", false),
		route({
			...common,
			method: "DELETE",
			operationId: "deleteNotificationsChannelSubscriptions",
			summary: "Follow nothing any more.",
			success: { status: 204 },
			handler: async ({ principal, params }) => {
				await notifications.clear(principal, params.channelId);
				return new Answer(204);
			},
		}),
	];
}

function toListing(topics: ChannelTopic[]) {
	return { entities: topics };
}
