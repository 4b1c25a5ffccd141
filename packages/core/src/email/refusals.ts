import type { Conversation } from "../conversations/model.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import { mostAttachmentBytes } from "./model.ts";

/** Somebody else, or the same person elsewhere, has saved the draft meanwhile. */
export function staleDraft(conversationId: string, seen: number, version: number): ApiError {
	return new ApiError(
		409,
		"email.draft.stale",
		"This draft has been changed elsewhere meanwhile: version {version} is kept, {seen} was sent.",
		{ params: { seen: String(seen), version: String(version) }, entityId: conversationId, entityName: "conversation" },
	);
}

export function tooLarge(): ApiError {
	const most = String(mostAttachmentBytes / 1024 / 1024);
	return badField("attachments", `The files of an email may have ${most} MB together.`, "email.size");
}

export function badRecipient(field: string, email: string): ApiError {
	return badField(field, `${email} is no email address.`, "email.recipient.invalid");
}

/** The queue has no address from which it could write. */
export function noOutbound(field: string): ApiError {
	return badField(field, "This queue has no address from which emails are sent.", "email.route.noOutbound");
}

export function fileRefused(name: string): ApiError {
	return new ApiError(400, "attachment.type", "Files like {name} are not sent: they could run.", {
		params: { name },
		details: [{ errorCode: "attachment.type", fieldName: "attachments" }],
	});
}

/** What is taken back must wait still, nothing else may have been begun, and nobody else may go on with it. */
export function notUndoable(mailId: string): ApiError {
	const message =
		"This email cannot be taken back any more and is sent: its time is over, another one has been begun, or the conversation goes on in a queue or with somebody else.";
	return new ApiError(409, "email.notUndoable", message, { entityId: mailId, entityName: "email" });
}

/** The thread goes on already, with somebody else or in the queue; what was written is where it was. */
export function goesOnElsewhere(conversationId: string): ApiError {
	const message =
		"This goes on in another conversation, which waits in a queue or which a colleague has in hand. What you wrote is kept here.";
	return new ApiError(409, "email.goesOn", message, { entityId: conversationId, entityName: "conversation" });
}

/** What is to be sent again must have failed. */
export function notFailed({ id }: Pick<Conversation, "id">): ApiError {
	return new ApiError(409, "email.notFailed", "This email has been sent, or is being sent.", {
		entityId: id,
		entityName: "email",
	});
}
