import { Type } from "typebox";
import { saidAttributes } from "../conversations/said-attributes.ts";
import type { Conversations } from "../conversations/service.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { allOf, type Route, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { Messaging } from "./messaging.ts";
import type { MessageAddress } from "./model.ts";
import type { Told } from "./outbox.ts";
import { messageData } from "./views.ts";

const path = "/api/v2/conversations/messages/:integrationId/inbound/open";
const receiving = "conversation:message:receive";
const permission = allOf(receiving);
const scope = writeScope("conversations");
const params = idParams("integrationId");

const day = 86_400_000;
const shortText = Type.Optional(Type.String({ maxLength: 200 }));
/** ISO 8601. */
const Time = Type.String({ maxLength: 50 });

const MessageBody = Type.Object({
	channel: Type.Object({
		from: Type.Object({
			id: Type.String({ minLength: 1, maxLength: 200 }),
			idType: Type.String({ minLength: 1, maxLength: 50 }),
			nickname: shortText,
			firstName: shortText,
			lastName: shortText,
		}),
		time: Time,
		messageId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
		metadata: Type.Optional(
			Type.Object({
				customAttributes: Type.Optional(
					Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 1000 }), { maxProperties: 50 }),
				),
			}),
		),
	}),
	text: Type.String({ minLength: 1, maxLength: 10_000 }),
});

const statuses = { Sent: "sent", Delivered: "delivery-success", Read: "read", Failed: "delivery-failed" } as const;

const ReceiptBody = Type.Object({
	id: Type.String({ minLength: 1, maxLength: 200 }),
	channel: Type.Object({ to: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }), time: Time }),
	status: Type.Union((Object.keys(statuses) as (keyof typeof statuses)[]).map((one) => Type.Literal(one))),
	reasons: Type.Optional(
		Type.Array(Type.Object({ code: shortText, message: Type.String({ maxLength: 500 }) }), { maxItems: 10 }),
	),
	isFinalReceipt: Type.Optional(Type.Boolean()),
});

/** Where a program of somebody else brings what customers write by its channel (platform-api 5.10, open messaging). */
export function openChannelRoutes(
	messaging: Messaging,
	{ messages }: Pick<Conversations, "messages">,
	clock: Pick<Clock, "now">,
): Route[] {
	/** Whoever brings messages into a queue may do so where the queue is. */
	async function addressOf(id: string, principal: Principal): Promise<MessageAddress> {
		const found = await messaging.addresses.store.find(id);
		if (found?.channel !== "open") throw notFound("integration", id);
		const { divisionId = "" } = await messages.queue(found.queueId, "integrationId");
		requireInDivision(principal, [receiving], divisionId);
		return found;
	}

	return [
		route({
			method: "POST",
			path: `${path}/message`,
			operationId: "postConversationsMessageInboundOpenMessage",
			summary: "A customer has written. The same message again is the first.",
			permission,
			scope,
			params,
			body: MessageBody,
			success: { status: 200, model: "OpenMessageNormalizedMessage" },
			async handler({ params: { integrationId }, body: { channel, text }, principal }) {
				const address = await addressOf(integrationId, principal);
				const { nickname, firstName, lastName } = channel.from;
				const id = readFilled(channel.from.id, "channel.from.id");
				readFilled(text, "text");
				const name = seenName(nickname ?? [firstName, lastName].filter(Boolean).join(" "));
				const attributes = channel.metadata?.customAttributes;
				const message = await messaging.receive(address, {
					their: id,
					text,
					at: readTime(channel.time, clock.now()),
					...(channel.messageId ? { providerId: channel.messageId } : {}),
					...(name ? { name } : {}),
					...(attributes ? { attributes: saidAttributes(attributes) } : {}),
				});
				const { normalizedMessage, conversationId } = messageData(message);
				const { direction: _direction, originatingEntity: _entity, ...told } = normalizedMessage;
				return {
					...told,
					channel: { ...told.channel, from: { ...told.channel.from, idType: channel.from.idType } },
					...(conversationId ? { conversationId } : {}),
				};
			},
		}),
		route({
			method: "POST",
			path: `${path}/receipt`,
			operationId: "postConversationsMessageInboundOpenReceipt",
			summary: "What became of a message that was sent. One that comes late lowers nothing.",
			permission,
			scope,
			params,
			body: ReceiptBody,
			success: { status: 200, model: "OpenReceiptNormalizedMessage" },
			async handler({ params: { integrationId }, body, principal }) {
				const address = await addressOf(integrationId, principal);
				readTime(body.channel.time, clock.now());
				const [reason] = body.reasons ?? [];
				const told: Told = {
					status: statuses[body.status],
					...(reason ? { error: { code: reason.code ?? "message.delivery.failed", message: reason.message } } : {}),
				};
				await messaging.outbox.receipt(address, body.id, told);
				const { to, time } = body.channel;
				const from = { id: address.address, idType: "Opaque" };
				const channel = { id: address.id, platform: "Open", type: "Private", to, from, time };
				return { ...body, channel: { ...channel, messageId: body.id }, type: "Receipt", direction: "Outbound" };
			},
		}),
	];
}

/** A channel that was cut off brings what was written meanwhile; clocks go a little wrong. Beyond is a mistaken time. */
const [latestMs, earliestMs] = [day, -30 * day];

/** @throws ApiError 400 naming the field */
export function readTime(text: string, now: Date): Date {
	const at = new Date(text);
	if (!/^20\d\d-\d\d-\d\dT\d\d:/.test(text) || Number.isNaN(at.getTime()))
		throw badField("channel.time", "channel.time must be a time such as 2026-01-05T09:00:00Z.");
	const ahead = at.getTime() - now.getTime();
	if (ahead >= earliestMs && ahead <= latestMs) return at;
	throw badField("channel.time", `channel.time must be within the last 30 days; here it is ${now.toISOString()}.`);
}

/** @throws ApiError 400 naming the field */
function readFilled(text: string, fieldName: string): string {
	const filled = text.trim();
	if (filled === "") throw badField(fieldName, `${fieldName} must not be blank.`);
	return filled;
}

/** What turns the direction of text around, or nobody sees, has no place in a name that agents read. */
function seenName(name: string): string {
	return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
}
