import { Type } from "typebox";
import type { ResponseFiles } from "../canned-responses/response-files.ts";
import { emailFactsOf } from "../conversations/email/model.ts";
import { controllerOf, orInHand, visible } from "../conversations/routes/context.ts";
import type { SharedConversations } from "../conversations/service.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { Answer, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion } from "../kernel/http/versions.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import { leftDraftRoutes } from "./left-routes.ts";
import { addressOfRoute, type Draft, draftKinds, mostAttachmentBytes, mostSignature } from "./model.ts";
import { type EmailRouteDeps, filesFor } from "./routes.ts";
import { Addresses, Body, bodyLimit, Subject } from "./schemas.ts";
import { seenOf } from "./seen.ts";
import { signatureRoutes } from "./signature-routes.ts";
import { spamRoutes } from "./spam-routes.ts";
import { draftView, threadMail } from "./views.ts";

const path = "/api/inlay/v1/conversations/emails/:conversationId";
const read = readScope("conversations");
const write = writeScope("conversations");
const params = idParams("conversationId");
const mostAtOnce = 50;
/** In base64, with its name. */
const fileLimit = Math.ceil((mostAttachmentBytes / 3) * 4) + 100_000;

export interface ThreadRouteDeps extends EmailRouteDeps {
	namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	responseFiles: ResponseFiles;
	/** The queues for which a user works. */
	queuesOf(userId: string): Promise<ReadonlyArray<{ id: string; name: string }>>;
}

/** What a panel needs of emails beside what the platform has: the whole thread, drafts with versions, files. */
export function emailThreadRoutes(deps: ThreadRouteDeps): Route[] {
	const emails = deps.conversations.ofMedium("emails");
	return [
		threadRoute(deps, emails),
		picturesRoute(deps, emails),
		...draftRoutes(deps),
		...fileRoutes(deps),
		...sentRoutes(deps, emails),
		queuesRoute(deps),
		...leftDraftRoutes(deps.mailing),
		...signatureRoutes(deps.mailing.signatures),
		...spamRoutes(deps.mailing),
	];
}

function threadRoute(deps: ThreadRouteDeps, emails: SharedConversations): Route {
	const { mailing, namesOf } = deps;

	return route({
		method: "GET",
		path: `${path}/thread`,
		operationId: "getInlayConversationsEmailThread",
		summary: "All mails about this, over all conversations, a page at a time, the newest page first.",
		permission: noPermission,
		scope: read,
		params,
		query: Type.Object({
			before: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
			pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: mostAtOnce, default: 20 })),
		}),
		success: { status: 200 },
		async handler({ params: { conversationId }, query: { before, pageSize = 20 }, principal }) {
			const facts = emailFactsOf(await visible(emails, conversationId, principal));
			const { mails, hasMore } = await mailing.threadOf(facts.threadId, pageSize, before);
			const found = await seenOf(deps.conversations.emails, mails, {
				here: conversationId,
				by: controllerOf(principal),
			});
			const names = await namesOf([...new Set(found.flatMap(({ userId }) => userId ?? []))]);
			const filesOf = filesFor(deps, principal);
			const entities = found.map(async (one) =>
				threadMail(one, await filesOf(one.attachments), (userId) => names.get(userId)),
			);
			const { our, their, failed } = facts;
			return { our, their, ...(failed ? { failed } : {}), entities: await Promise.all(entities), hasMore };
		},
	});
}

/** At an agent's wish: the sender learns that somebody reads, and nothing of who and where (agent-features 8.4). */
function picturesRoute({ mailing, conversations }: ThreadRouteDeps, emails: SharedConversations): Route {
	return route({
		method: "POST",
		path: `${path}/messages/:messageId/pictures`,
		operationId: "postInlayConversationsEmailMessagePictures",
		summary: "A mail's HTML with its pictures from elsewhere, which this server fetches: {html, missing}.",
		permission: noPermission,
		scope: read,
		params: idParams("conversationId", "messageId"),
		success: { status: 200 },
		async handler({ params: { conversationId, messageId }, principal }) {
			const facts = emailFactsOf(await visible(emails, conversationId, principal));
			const mail = await mailing.find(messageId);
			const mails = mail?.threadId === facts.threadId ? [mail] : [];
			const by = controllerOf(principal);
			const [found] = await seenOf(conversations.emails, mails, { here: conversationId, by });
			if (!found) throw notFound("message", messageId);
			return mailing.pictures.of(found);
		},
	});
}

function draftTeller(deps: ThreadRouteDeps) {
	return async (draft: Draft, principal: Principal) => {
		const from = await deps.mailing.writing.fromOf(draft.conversationId);
		const signature = await deps.mailing.writing.signatureOf(draft);
		const view = draftView(draft, from, await filesFor(deps, principal)(draft.attachments), signature);
		return new Answer(200, view, { etag: `"${draft.version}"` });
	};
}

const DraftBody = Type.Object({
	kind: Type.Optional(Type.Union(draftKinds.map((one) => Type.Literal(one)))),
	to: Type.Optional(Addresses),
	cc: Type.Optional(Addresses),
	bcc: Type.Optional(Addresses),
	subject: Type.Optional(Subject),
	text: Type.Optional(Body),
	signature: Type.Optional(Type.Union([Type.Null(), Type.String({ maxLength: mostSignature })])),
	version: SeenVersion,
});

function draftRoutes(deps: ThreadRouteDeps): Route[] {
	const { mailing } = deps;
	const tell = draftTeller(deps);
	return [
		route({
			method: "GET",
			path: `${path}/draft`,
			operationId: "getInlayConversationsEmailDraft",
			summary: "What one is writing in a conversation that one has in hand, with its version.",
			permission: noPermission,
			scope: read,
			params,
			success: { status: 200 },
			handler: async ({ params: { conversationId }, principal }) =>
				tell(await mailing.drafts.get(conversationId, controllerOf(principal)), principal),
		}),
		route({
			method: "PUT",
			path: `${path}/draft`,
			operationId: "putInlayConversationsEmailDraft",
			summary: "Keeps what one is writing; what is absent stays. Another kind of answer goes to whom that goes.",
			permission: noPermission,
			scope: write,
			params,
			body: DraftBody,
			bodyLimit,
			readOnly: ["attachments", "from", "mostBytes"],
			success: { status: 200 },
			errors: ["email.draft.stale", "email.recipient.invalid"],
			async handler({ params: { conversationId }, body: { version, ...wish }, principal }) {
				const seen = version ?? undefined;
				const typed = { ...wish, isUnfinished: true };
				return tell(await mailing.drafts.save(conversationId, typed, seen, controllerOf(principal)), principal);
			},
		}),
		route({
			method: "POST",
			path: `${path}/send`,
			operationId: "postInlayConversationsEmailSend",
			summary: "Sends what one has written, with the mail that it answers below it unless told otherwise.",
			permission: orInHand(deps.conversations.ofMedium("emails"), anyOf("conversation:email:send")),
			scope: write,
			params,
			body: Type.Object({ ...DraftBody.properties, isQuoted: Type.Optional(Type.Boolean()) }),
			bodyLimit,
			success: { status: 200 },
			errors: ["email.draft.stale", "email.recipient.invalid", "email.route.noOutbound"],
			async handler({ params: { conversationId }, body: { version, ...wish }, principal }) {
				const seen = version ?? undefined;
				const undoable = { ...wish, isUndoable: true };
				const mail = await mailing.writing.send(conversationId, undoable, seen, controllerOf(principal));
				return threadMail(mail, await filesFor(deps, principal)(mail.attachments), () => undefined);
			},
		}),
	];
}

function fileRoutes(deps: ThreadRouteDeps): Route[] {
	const { mailing, responseFiles } = deps;
	const tell = draftTeller(deps);
	const permission = orInHand(deps.conversations.ofMedium("emails"), anyOf("conversation:emailAttachment:add"));
	return [
		route({
			method: "POST",
			path: `${path}/draft/attachments`,
			operationId: "postInlayConversationsEmailDraftAttachments",
			summary: "Puts a file, as base64, to what one is writing.",
			permission,
			scope: write,
			params,
			body: Type.Object({
				name: Type.String({ minLength: 1, maxLength: 300 }),
				contentType: Type.Optional(Type.String({ maxLength: 200 })),
				content: Type.String({ maxLength: fileLimit }),
			}),
			bodyLimit: fileLimit + 100_000,
			success: { status: 200 },
			errors: ["email.size", "attachment.type"],
			async handler({ params: { conversationId }, body: { name, contentType = "", content }, principal }) {
				if (!/^[A-Za-z0-9+/]*={0,2}$/.test(content)) throw badField("content", "content must be base64.");
				const file = { name, type: contentType, bytes: Buffer.from(content, "base64") };
				return tell(await mailing.drafts.attach(conversationId, file, controllerOf(principal)), principal);
			},
		}),
		route({
			method: "POST",
			path: `${path}/draft/attachments/response`,
			operationId: "postInlayConversationsEmailDraftAttachmentsResponse",
			summary: "Puts the files that a canned response brings along to what one is writing: all of them, or none.",
			permission: anyOf("responses:response:view"),
			scope: write,
			params,
			body: Type.Object({ responseId: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 200 },
			errors: ["email.size", "attachment.type"],
			async handler({ params: { conversationId }, body: { responseId }, principal }) {
				const by = controllerOf(principal);
				const { conversation } = await mailing.drafts.requireTheirs(conversationId, by);
				const found = await responseFiles.filesOffered(responseId, conversation, "email");
				const files = found.map((one) => ({
					...{ name: one.name, type: one.contentType, size: one.size, assetId: one.id },
					bytes: () => responseFiles.bytes(one),
				}));
				return tell(await mailing.drafts.attachAll(conversationId, files, by), principal);
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/draft/attachments/:attachmentId`,
			operationId: "deleteInlayConversationsEmailDraftAttachment",
			summary: "Takes a file out of what one is writing.",
			permission: noPermission,
			scope: write,
			params: idParams("conversationId", "attachmentId"),
			success: { status: 200 },
			handler: async ({ params: { conversationId, attachmentId }, principal }) =>
				tell(await mailing.drafts.detach(conversationId, attachmentId, controllerOf(principal)), principal),
		}),
	];
}

/** What becomes of a mail that was sent: taken back for the seconds that its address gives (agent-features 8.2), or tried again. */
function sentRoutes(deps: ThreadRouteDeps, emails: SharedConversations): Route[] {
	const { writing } = deps.mailing;
	const common = {
		method: "POST",
		scope: write,
		params: idParams("conversationId", "messageId"),
		success: { status: 200 },
	} as const;
	return [
		route({
			...common,
			path: `${path}/messages/:messageId/undo`,
			operationId: "postInlayConversationsEmailMessageUndo",
			summary: "Takes back what one has sent a moment ago and what waits still: it is a draft again.",
			// Also of who has ended it meanwhile: only what is one's own is taken back.
			permission: noPermission,
			errors: ["email.notUndoable"],
			handler: async ({ params: { conversationId, messageId }, principal }) =>
				draftTeller(deps)(await writing.undo(conversationId, messageId, controllerOf(principal)), principal),
		}),
		route({
			...common,
			path: `${path}/messages/:messageId/retry`,
			operationId: "postInlayConversationsEmailMessageRetry",
			summary: "Sends again what could not be sent, to those whom it has not reached.",
			permission: orInHand(emails, anyOf("conversation:email:send")),
			errors: ["email.notFailed"],
			async handler({ params: { conversationId, messageId }, principal }) {
				const mail = await writing.retry(conversationId, messageId, controllerOf(principal));
				return threadMail(mail, await filesFor(deps, principal)(mail.attachments), () => undefined);
			},
		}),
	];
}

function queuesRoute({ mailing, queuesOf }: ThreadRouteDeps): Route {
	return route({
		method: "GET",
		path: "/api/inlay/v1/email/queues/me",
		operationId: "getInlayEmailQueuesMe",
		summary: "The queues on whose behalf one writes emails, with the address that customers see.",
		permission: noPermission,
		scope: read,
		query: Type.Object(pagesIfAsked),
		success: { status: 200 },
		async handler({ principal, query, url }) {
			const own = await queuesOf(requireUser(principal));
			const routes = await mailing.places.store.routes();
			const found = own.flatMap(({ id, name }) => {
				const used = routes.find((one) => one.queueId === id);
				return used ? [{ id, name, address: addressOfRoute(used) }] : [];
			});
			return pageOrAll(found, query, url);
		},
	});
}
