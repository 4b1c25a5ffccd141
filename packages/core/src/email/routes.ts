import { Type } from "typebox";
import { restMediaConversation } from "../conversations/projection/flat.ts";
import { controllerOf, orInHand, visible } from "../conversations/routes/context.ts";
import type { Conversations, SharedConversations } from "../conversations/service.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { Storage } from "../kernel/storage/storage.ts";
import { readAddresses } from "./draft-wish.ts";
import type { Mailing } from "./mailing.ts";
import type { Mail, MailAttachment } from "./model.ts";
import { Addresses, Body, bodyLimit, Subject } from "./schemas.ts";
import { attachmentView, draftMessage, emailMessage, emailPreview, emailReply } from "./views.ts";

const path = "/api/v2/conversations/emails";
const read = readScope("conversations");
const write = writeScope("conversations");
const creating = "conversation:email:create";
const sending = anyOf("conversation:email:send");

export interface EmailRouteDeps {
	mailing: Mailing;
	conversations: Conversations;
	storage: Pick<Storage, "signedUrl">;
}

/** What there is for emails only (platform-api 5.9). */
export function emailRoutes(deps: EmailRouteDeps): Route[] {
	const emails = deps.conversations.ofMedium("emails");
	return [beginRoute(deps), ...readingRoutes(deps, emails), ...draftRoutes(deps, emails), sendRoute(deps, emails)];
}

/** Files with the links that open them for who asks. */
export function filesFor({ storage }: Pick<EmailRouteDeps, "storage">, { userId, tokenHash }: Principal) {
	return (all: readonly MailAttachment[]) =>
		Promise.all(all.map((one) => attachmentView(one, storage, { userId, session: tokenHash })));
}

function beginRoute({ mailing, conversations }: EmailRouteDeps): Route {
	return route({
		method: "POST",
		path,
		operationId: "postConversationsEmails",
		summary: "Writes to a customer first, on behalf of a queue.",
		permission: anyOf(creating),
		scope: write,
		bodyLimit,
		body: Type.Object({
			queueId: Type.String({ minLength: 1, maxLength: 200 }),
			provider: Type.Literal("PureCloud Email"),
			direction: Type.Optional(Type.Literal("OUTBOUND")),
			toAddress: Type.String({ minLength: 1, maxLength: 254 }),
			toName: Type.Optional(Type.String({ maxLength: 200 })),
			subject: Type.Optional(Subject),
			textBody: Type.Optional(Body),
			htmlBody: Type.Optional(Body),
			attributes: Type.Optional(
				Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 1000 }), { maxProperties: 50 }),
			),
			externalContactId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
		}),
		success: { status: 200, model: "EmailConversation" },
		errors: ["email.route.noOutbound", "email.recipient.invalid"],
		async handler({ body, principal }) {
			const { queueId, toAddress, toName, subject, textBody, htmlBody, attributes, externalContactId } = body;
			const { divisionId = "" } = await conversations.emails.queue(queueId, "queueId");
			requireInDivision(principal, [creating], divisionId);
			requireUser(principal);
			await conversations.requireContact(externalContactId, controllerOf(principal));
			const [their] = readAddresses([{ email: toAddress, ...(toName ? { name: toName } : {}) }], "toAddress");
			if (!their) throw new Error("One address was read, and is none.");
			const begun = await mailing.writing.begin(
				{
					...{ queueId, their },
					...(subject === undefined ? {} : { subject }),
					...(textBody === undefined ? {} : { text: textBody }),
					...(htmlBody === undefined ? {} : { html: htmlBody }),
					...(attributes ? { attributes } : {}),
					...(externalContactId ? { externalContactId } : {}),
				},
				controllerOf(principal),
			);
			return restMediaConversation(begun);
		},
	});
}

function readingRoutes(deps: EmailRouteDeps, emails: SharedConversations): Route[] {
	const { mailing } = deps;
	return [
		route({
			method: "GET",
			path: `${path}/:conversationId/messages`,
			operationId: "getConversationsEmailMessages",
			summary: "The mails of a conversation, the oldest first, with how each begins.",
			permission: noPermission,
			scope: read,
			params: idParams("conversationId"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "EmailMessagePreviewListing" },
			async handler({ params: { conversationId }, query, principal, url }) {
				await visible(emails, conversationId, principal);
				const filesOf = filesFor(deps, principal);
				const page = pageOrAll(await mailing.ofConversation(conversationId), query, url);
				const entities = page.entities.map(async (one) => emailPreview(one, await filesOf(one.attachments)));
				return { ...page, entities: await Promise.all(entities) };
			},
		}),
		route({
			method: "GET",
			path: `${path}/:conversationId/messages/:messageId`,
			operationId: "getConversationsEmailMessage",
			summary: "What one mail says.",
			permission: noPermission,
			scope: read,
			params: idParams("conversationId", "messageId"),
			success: { status: 200, model: "EmailMessage" },
			async handler({ params: { conversationId, messageId }, principal }) {
				await visible(emails, conversationId, principal);
				const found = await namedIn(mailing, conversationId, messageId);
				return emailMessage(found, await filesFor(deps, principal)(found.attachments));
			},
		}),
	];
}

/** @throws ApiError 404 for a mail of another conversation */
export async function namedIn(mailing: Mailing, conversationId: string, messageId: string): Promise<Mail> {
	const found = await mailing.find(messageId);
	if (found?.conversationId !== conversationId) throw notFound("message", messageId);
	return found;
}

/** What the platform's model has beside what a client sets of it. */
const readOnly = [
	...["id", "name", "from", "replyTo", "attachments", "time", "historyIncluded", "state", "draftType"],
	...["emailSizeBytes", "maxEmailSizeBytes", "selfUri"],
];

const MessageBody = Type.Object({
	to: Addresses,
	cc: Type.Optional(Addresses),
	bcc: Type.Optional(Addresses),
	subject: Type.Optional(Subject),
	textBody: Body,
	htmlBody: Type.Optional(Body),
});

interface Written {
	to: Array<{ email: string; name?: string }>;
	cc?: Array<{ email: string; name?: string }>;
	bcc?: Array<{ email: string; name?: string }>;
	subject?: string;
	textBody: string;
	htmlBody?: string;
}

function wishOf({ to, cc, bcc, subject, textBody, htmlBody }: Written) {
	return {
		...{ to, text: textBody },
		...(cc ? { cc } : {}),
		...(bcc ? { bcc } : {}),
		...(subject === undefined ? {} : { subject }),
		...(htmlBody === undefined ? {} : { html: htmlBody }),
	};
}

function draftRoutes(deps: EmailRouteDeps, emails: SharedConversations): Route[] {
	const { mailing } = deps;
	const common = {
		path: `${path}/:conversationId/messages/draft`,
		permission: noPermission,
		params: idParams("conversationId"),
		success: { status: 200, model: "EmailMessage" },
	};

	async function shown(draft: Awaited<ReturnType<typeof mailing.drafts.get>>, principal: Principal) {
		const from = await mailing.writing.fromOf(draft.conversationId);
		return draftMessage(draft, from, await filesFor(deps, principal)(draft.attachments));
	}

	return [
		route({
			...common,
			method: "GET",
			operationId: "getConversationsEmailMessagesDraft",
			summary: "What one is writing in a conversation that one has in hand; an answer to the latest mail, at first.",
			scope: read,
			async handler({ params: { conversationId }, principal }) {
				await visible(emails, conversationId, principal);
				return shown(await mailing.drafts.get(conversationId, controllerOf(principal)), principal);
			},
		}),
		route({
			...common,
			method: "PUT",
			operationId: "putConversationsEmailMessagesDraft",
			summary: "Keeps what one is writing.",
			scope: write,
			body: MessageBody,
			bodyLimit,
			readOnly,
			errors: ["email.recipient.invalid"],
			async handler({ params: { conversationId }, body, principal }) {
				await visible(emails, conversationId, principal);
				const by = controllerOf(principal);
				return shown(await mailing.drafts.save(conversationId, wishOf(body), undefined, by), principal);
			},
		}),
	];
}

function sendRoute(deps: EmailRouteDeps, emails: SharedConversations): Route {
	const { mailing } = deps;
	return route({
		method: "POST",
		path: `${path}/:conversationId/messages`,
		operationId: "postConversationsEmailMessages",
		summary: "Sends a mail in a conversation that one has in hand, with the files of its draft.",
		permission: orInHand(emails, sending),
		scope: write,
		params: idParams("conversationId"),
		body: Type.Object({ ...MessageBody.properties, historyIncluded: Type.Optional(Type.Boolean()) }),
		bodyLimit,
		readOnly: readOnly.filter((name) => name !== "historyIncluded"),
		success: { status: 200, model: "EmailMessageReply" },
		errors: ["email.recipient.invalid", "email.route.noOutbound", "email.size"],
		async handler({ params: { conversationId }, body, principal }) {
			await visible(emails, conversationId, principal);
			const wish = { ...wishOf(body), isQuoted: body.historyIncluded ?? false };
			const mail = await mailing.writing.send(conversationId, wish, undefined, controllerOf(principal));
			return emailReply(mail, await filesFor(deps, principal)(mail.attachments));
		},
	});
}
