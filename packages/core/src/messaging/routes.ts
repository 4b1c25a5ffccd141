import type { Readable } from "node:stream";
import { Type } from "typebox";
import type { ResponseFiles } from "../canned-responses/response-files.ts";
import { exchangeOf, type MessageChannel, messageChannels } from "../conversations/message/model.ts";
import type { Conversation } from "../conversations/model.ts";
import { controllerOf, orInHand, visible } from "../conversations/routes/context.ts";
import type { Controller, Conversations, SharedConversations } from "../conversations/service.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import { readPhone } from "./addresses.ts";
import { type FileWish, fileOf } from "./files.ts";
import type { Messaging } from "./messaging.ts";
import type { Message } from "./model.ts";
import { messageData, threadMessage, type Writers } from "./views.ts";
import { messengerOf } from "./web/guests.ts";

const path = "/api/v2/conversations/messages";
const read = readScope("conversations");
const write = writeScope("conversations");
const viewing = anyOf("conversation:message:view", "conversation:webmessaging:view");
const creating = "conversation:message:create";
const writing = anyOf(creating, "conversation:webmessaging:create");

/** Longer than anything that is taken, so that it is the rules which say how long a message may be. */
const textBody = Type.String({ maxLength: 10_000 });
/** Messages asked for at once. */
const mostAtOnce = 100;

export interface MessageRouteDeps {
	messaging: Messaging;
	conversations: Conversations;
	country(): Promise<string>;
	writersOf(userIds: readonly string[]): Promise<Writers>;
	responseFiles: ResponseFiles;
}

/** What there is for messages only (platform-api 5.10). */
export function messageRoutes(deps: MessageRouteDeps): Route[] {
	const messages = deps.conversations.ofMedium("messages");
	return [beginRoute(deps), ...writingRoutes(deps, messages), ...readingRoutes(deps, messages)];
}

function beginRoute({ messaging, conversations, country }: MessageRouteDeps): Route {
	return route({
		method: "POST",
		path,
		operationId: "postConversationsMessages",
		summary: "Writes to a customer first, on behalf of a queue.",
		permission: anyOf(creating),
		scope: write,
		body: Type.Object({
			queueId: Type.String({ minLength: 1, maxLength: 200 }),
			toAddress: Type.String({ minLength: 1, maxLength: 200 }),
			// Nobody of the organization writes first to who has opened no messenger.
			toAddressMessengerType: Type.Union(messageChannels.filter(isWrittenFirst).map((one) => Type.Literal(one))),
			useExistingConversation: Type.Optional(Type.Boolean()),
			externalContactId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
			inlayFromAddress: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
		}),
		success: { status: 200, model: "CreateOutboundMessagingConversationResponse" },
		errors: ["message.recipient.optedOut", "message.conversation.busy", "message.conversation.open"],
		async handler({ body, principal }) {
			const { queueId, toAddressMessengerType: channel, externalContactId } = body;
			const { divisionId = "" } = await conversations.messages.queue(queueId, "queueId");
			requireInDivision(principal, [creating], divisionId);
			const all = await messaging.addresses.ofQueue(queueId, channel);
			if (all.length === 0) throw badField("queueId", "The queue has no address by which such messages go.");
			const from = body.inlayFromAddress?.trim();
			const address = from === undefined ? all[0] : all.find((one) => one.address === from);
			if (!address) throw badField("inlayFromAddress", "It is none of the addresses that the queue answers.");
			const their = channel === "sms" ? readPhone(body.toAddress, "toAddress", await country()) : body.toAddress.trim();
			if (their === "") throw badField("toAddress", "toAddress must not be blank.");
			requireUser(principal);
			await conversations.requireContact(externalContactId, controllerOf(principal));
			const goOn = body.useExistingConversation ?? false;
			const wish = { their, goOn, ...(externalContactId ? { externalContactId } : {}) };
			const { id } = await messaging.begin(address, wish, controllerOf(principal));
			return { id, selfUri: `${path}/${id}` };
		},
	});
}

function isWrittenFirst(channel: MessageChannel): boolean {
	return channel !== "webmessaging";
}

/** Messages as the platform tells them, with who wrote them. */
function teller({ writersOf }: MessageRouteDeps) {
	return async (found: readonly Message[]) => {
		const writers = await writersOf([...new Set(found.flatMap(({ userId }) => userId ?? []))]);
		return found.map((one) => messageData(one, writers));
	};
}

function writingRoutes(deps: MessageRouteDeps, messages: SharedConversations): Route[] {
	const { messaging, conversations } = deps;
	const tell = teller(deps);
	const params = idParams("conversationId", "communicationId");

	/** @throws ApiError 403 where the address takes none */
	async function requireFiles(conversation: Conversation): Promise<void> {
		if (await takesFiles(messaging, conversation)) return;
		throw new ApiError(403, "message.file.off", "No files are sent by this channel.");
	}

	async function sendFile(
		conversationId: string,
		communicationId: string,
		{ name, size }: FileWish,
		body: Readable,
		by: Controller,
	) {
		const file = await messaging.files.keep({ name, size }, body);
		try {
			const written = await messaging.write(conversationId, communicationId, file.name, by, { file });
			return (await tell([written]))[0];
		} catch (error) {
			await messaging.files.forget(file);
			throw error;
		}
	}
	const permission = orInHand(messages, writing);
	return [
		route({
			method: "POST",
			path: `${path}/:conversationId/communications/:communicationId/messages`,
			operationId: "postConversationsMessageCommunicationMessages",
			summary: "Writes in an exchange of messages that one has in hand.",
			permission,
			scope: write,
			params,
			query: Type.Object({ useNormalizedMessage: Type.Optional(Type.Boolean()) }),
			body: Type.Object({ textBody, inlayAgainOf: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
			success: { status: 200, model: "MessageData" },
			errors: ["message.too.long", "message.recipient.optedOut", "message.again.sent"],
			async handler({ params: { conversationId, communicationId }, body, principal }) {
				await visible(messages, conversationId, principal);
				const by = controllerOf(principal);
				const { textBody: text, inlayAgainOf: againOf } = body;
				const sent = againOf ? { againOf } : {};
				const written = await messaging.write(conversationId, communicationId, text, by, sent);
				return (await tell([written]))[0];
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/conversations/messages/:conversationId/communications/:communicationId/files",
			operationId: "postInlayConversationsMessageCommunicationFiles",
			summary: "Sends a file (application/octet-stream) in an exchange of messages that one has in hand.",
			permission,
			scope: write,
			params,
			// Both have to be there: what they are is said after whose conversation it is.
			query: Type.Object({
				name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
				size: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
			}),
			acceptsFile: true,
			success: { status: 200, model: "MessageData" },
			errors: ["message.file.type", "message.file.size", "message.file.off"],
			async handler({ params: { conversationId, communicationId }, query: { name = "", size = 0 }, body, principal }) {
				const by = controllerOf(principal);
				await visible(messages, conversationId, principal);
				await requireFiles(await conversations.messages.requireInHand(conversationId, communicationId, by));
				const sent = body as unknown as Readable | undefined;
				if (typeof sent?.pipe !== "function") throw badField("file", "Send the file as the body, as octet-stream.");
				return sendFile(conversationId, communicationId, { name, size }, sent, by);
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/conversations/messages/:conversationId/communications/:communicationId/responsefiles",
			operationId: "postInlayConversationsMessageCommunicationResponsefiles",
			summary: "Sends one of the files that a canned response brings along.",
			permission: anyOf("responses:response:view"),
			scope: write,
			params,
			body: Type.Object({
				responseId: Type.String({ minLength: 1, maxLength: 200 }),
				assetId: Type.String({ minLength: 1, maxLength: 200 }),
			}),
			success: { status: 200, model: "MessageData" },
			errors: ["message.file.type", "message.file.size", "message.file.off"],
			async handler({ params: { conversationId, communicationId }, body: { responseId, assetId }, principal }) {
				const by = controllerOf(principal);
				await visible(messages, conversationId, principal);
				const held = await conversations.messages.requireInHand(conversationId, communicationId, by);
				await requireFiles(held);
				const found = await deps.responseFiles.filesOffered(responseId, held, "message");
				const asset = found.find(({ id }) => id === assetId);
				if (!asset) throw notFound("response asset", assetId);
				// What is not sent is not opened, and what was opened is closed, whatever becomes of it.
				messaging.files.check(asset);
				const opened = await deps.responseFiles.stream(asset);
				try {
					return await sendFile(conversationId, communicationId, asset, opened, by);
				} finally {
					opened.destroy();
				}
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId/communications/:communicationId/typing`,
			operationId: "postConversationsMessageCommunicationTyping",
			summary: "Tells the customer that somebody is writing, where the channel has that.",
			permission,
			scope: write,
			params,
			body: Type.Object({ typing: Type.Object({ type: Type.Literal("On") }) }),
			success: { status: 204 },
			errors: ["message.typing.unsupported"],
			async handler({ params: { conversationId, communicationId }, principal }) {
				await visible(messages, conversationId, principal);
				const by = controllerOf(principal);
				const held = await conversations.messages.requireInHand(conversationId, communicationId, by);
				const { addressId, their, channel } = exchangeOf(held);
				if (channel === "sms") {
					const text = "A phone does not show that somebody is writing a text to it.";
					throw badField("typing", text, "message.typing.unsupported");
				}
				await messaging.typing(addressId, their);
			},
		}),
	];
}

async function takesFiles(messaging: Messaging, conversation: Conversation): Promise<boolean> {
	const { channel, addressId } = exchangeOf(conversation);
	const address = await messaging.addresses.store.find(addressId);
	if (!address) return false;
	return { sms: address.settings.mms ?? false, open: false, webmessaging: messengerOf(address).files }[channel];
}

function readingRoutes(deps: MessageRouteDeps, messages: SharedConversations): Route[] {
	const { messaging, writersOf } = deps;
	const tell = teller(deps);
	const permission = orInHand(messages, viewing);
	const query = Type.Object({ useNormalizedMessage: Type.Optional(Type.Boolean()) });

	async function named(conversationId: string, messageId: string, principal: Principal): Promise<Message> {
		await visible(messages, conversationId, principal);
		const [found] = await messaging.among(conversationId, [messageId]);
		if (!found) throw notFound("message", messageId);
		return found;
	}

	/** Of an exchange over many conversations each message is judged by its own: queues move, and so do divisions. */
	async function seenOf(all: readonly Message[], here: string, principal: Principal): Promise<Message[]> {
		const others = new Set(all.flatMap(({ conversationId }) => conversationId ?? []).filter((id) => id !== here));
		const seen = new Set([here]);
		for (const id of others) {
			const found = await visible(messages, id, principal).catch((error: unknown) => {
				if (error instanceof ApiError) return undefined;
				throw error;
			});
			if (found) seen.add(id);
		}
		return all.filter(({ conversationId }) => conversationId === undefined || seen.has(conversationId));
	}

	return [
		route({
			method: "GET",
			path: `${path}/:conversationId/messages/:messageId`,
			operationId: "getConversationsMessageMessage",
			summary: "What one message says.",
			permission,
			scope: read,
			params: idParams("conversationId", "messageId"),
			query,
			success: { status: 200, model: "MessageData" },
			handler: async ({ params: { conversationId, messageId }, principal }) =>
				(await tell([await named(conversationId, messageId, principal)]))[0],
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/conversations/messages/:conversationId/files/:messageId",
			operationId: "getInlayConversationsMessageFile",
			summary: "A link to the file that a message is, good for five minutes.",
			permission,
			scope: read,
			params: idParams("conversationId", "messageId"),
			success: { status: 200, description: "{url}" },
			async handler({ params: { conversationId, messageId }, principal }) {
				const file = fileOf(await named(conversationId, messageId, principal));
				return { url: await messaging.files.link(file, principal.tokenHash) };
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId/messages/bulk`,
			operationId: "postConversationsMessageMessagesBulk",
			summary: "What several messages say.",
			permission,
			scope: read,
			params: idParams("conversationId"),
			query,
			body: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: mostAtOnce }),
			success: { status: 200, model: "TextMessageListing" },
			async handler({ params: { conversationId }, body, principal }) {
				await visible(messages, conversationId, principal);
				return { entities: await tell(await messaging.among(conversationId, body)) };
			},
		}),
		route({
			method: "GET",
			path: `${path}/:messageId/details`,
			operationId: "getConversationsMessageDetails",
			summary: "What a message says, wherever it stands.",
			permission: viewing,
			scope: read,
			params: idParams("messageId"),
			query,
			success: { status: 200, model: "MessageData" },
			async handler({ params: { messageId }, principal }) {
				const found = await messaging.find(messageId);
				if (!found?.conversationId) throw notFound("message", messageId);
				return (await tell([await named(found.conversationId, messageId, principal)]))[0];
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/conversations/messages/:conversationId/thread",
			operationId: "getInlayConversationsMessageThread",
			summary: "The whole exchange with the customer, over all conversations, a page at a time, the newest page first.",
			permission,
			scope: read,
			params: idParams("conversationId"),
			query: Type.Object({
				before: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
				pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: mostAtOnce, default: 50 })),
			}),
			success: { status: 200 },
			async handler({ params: { conversationId }, query: { before, pageSize = 50 }, principal }) {
				const here = await visible(messages, conversationId, principal);
				const { threadId, our, their, channel } = exchangeOf(here);
				const { messages: all, hasMore } = await messaging.threadOf(threadId, pageSize, before);
				const found = await seenOf(all, conversationId, principal);
				const writers = await writersOf([...new Set(found.flatMap(({ userId }) => userId ?? []))]);
				const entities = found.map((one) => threadMessage(one, (userId) => writers.get(userId)?.name));
				const [files, outAt] = await Promise.all([takesFiles(messaging, here), messaging.optedOutAt(here)]);
				const optedOut = outAt ? { optedOutAt: outAt.toISOString() } : {};
				return { channel, our, their, entities, hasMore, files, ...optedOut };
			},
		}),
	];
}
