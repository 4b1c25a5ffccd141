import { badField } from "../kernel/http/api-error.ts";
import type { Draft, DraftKind, MailAddress } from "./model.ts";
import { plainLine, readMailbox } from "./reading/plain.ts";
import { isQuicklyRead, safeHtml, withoutRooms } from "./reading/safe-html.ts";
import { badRecipient } from "./refusals.ts";

/** What somebody has written so far; what is absent stays as it was. */
export interface DraftWish {
	kind?: DraftKind;
	to?: MailAddress[];
	cc?: MailAddress[];
	bcc?: MailAddress[];
	subject?: string;
	text?: string;
	html?: string;
	/** What stands under this mail alone; `null`: what does otherwise. */
	signature?: string | null;
	/** Somebody types still: addresses that are none yet are kept as they are, and refused when it is sent. */
	isUnfinished?: boolean;
}

/** Another kind of answer: what was written stays, whom it goes to is the other's. */
export function takenUp(now: Draft, other: Draft): Draft {
	const own = now.attachments.filter(({ id }) => !other.attachments.some((one) => one.id === id));
	const { kind, to, cc, subject } = other;
	return { ...now, kind, to, cc, subject, attachments: [...own, ...other.attachments] };
}

/** In another's hand it is theirs: what stood under it for the one before is not said in their name. */
export function takenOver(draft: Draft, userId: string): Draft {
	if (draft.userId === userId) return draft;
	const { signature: _before, ...rest } = draft;
	return { ...rest, userId };
}

/** A draft with what somebody wishes of it. @throws ApiError 400 naming the field */
export function readDraft(now: Draft, wish: DraftWish): Draft {
	const { html: _before, signature: signedBefore, ...rest } = now;
	const signature = wish.signature === undefined ? signedBefore : wish.signature;
	const read = wish.isUnfinished ? asTyped : readAddresses;
	if (wish.html !== undefined && !isQuicklyRead(wish.html))
		throw badField("htmlBody", "htmlBody has more tags than an email may have.");
	const html =
		wish.html === undefined ? (wish.text === undefined ? now.html : undefined) : withoutRooms(safeHtml(wish.html).html);
	return {
		...rest,
		...(wish.kind ? { kind: wish.kind } : {}),
		to: wish.to ? read(wish.to, "to") : now.to,
		cc: wish.cc ? read(wish.cc, "cc") : now.cc,
		bcc: wish.bcc ? read(wish.bcc, "bcc") : now.bcc,
		subject: wish.subject === undefined ? now.subject : plainLine(wish.subject, 500),
		text: wish.text ?? now.text,
		...(html === undefined || html === "" ? {} : { html }),
		...(typeof signature === "string" ? { signature } : {}),
	};
}

/** Each as it is, if it is no address yet. */
function asTyped(all: readonly MailAddress[]): MailAddress[] {
	return all.map(({ email, name }) => readMailbox(email, name) ?? { email: plainLine(email, 254) });
}

/** @throws ApiError 400 `email.recipient.invalid` */
export function readAddresses(all: readonly MailAddress[], field: string): MailAddress[] {
	return all.map(({ email, name }) => {
		const read = readMailbox(email, name);
		if (!read) throw badRecipient(field, email);
		return read;
	});
}
