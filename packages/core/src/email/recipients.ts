import { type DraftKind, type Mail, type MailAddress, sameAddress } from "./model.ts";

/** Who gets an answer. */
export interface Recipients {
	to: MailAddress[];
	cc: MailAddress[];
}

/**
 * Whom an answer goes to (agent-features 8.2): Reply-To before From; to all means from, to and cc without any address of ours.
 * Nobody is added who was not there.
 * @param isOurs whether an address is one of the organization's routes
 */
export function recipientsOf(mail: Mail, kind: DraftKind, isOurs: (email: string) => boolean): Recipients {
	if (kind === "Forward" || kind === "New") return { to: [], cc: [] };
	const writer = mail.direction === "inbound" ? [mail.replyTo ?? mail.from] : mail.to;
	const to = distinct(writer, []);
	if (kind === "Reply") return { to, cc: [] };
	const others = [...(mail.direction === "inbound" ? [mail.from, ...mail.to] : []), ...mail.cc];
	const isSame = mail.replyTo && mail.direction === "inbound" ? mail.from.email : undefined;
	const cc = distinct(others, to).filter(({ email }) => !isOurs(email) && email !== isSame);
	return { to, cc };
}

function distinct(all: readonly MailAddress[], besides: readonly MailAddress[]): MailAddress[] {
	const found: MailAddress[] = [];
	for (const one of all)
		if (![...besides, ...found].some(({ email }) => sameAddress(email, one.email))) found.push(one);
	return found;
}

/** `Re: …`, once, whatever languages' mail programs have put there before. */
export function subjectOf(subject: string, kind: DraftKind): string {
	const bare = subject.replace(/^(?:\s*(?:re|aw|sv|antw|odp|fwd?|wg|tr|rv)\s*(?:\[\d+\])?:\s*)+/i, "");
	if (kind === "New") return subject;
	return `${kind === "Forward" ? "Fwd" : "Re"}: ${bare}`.trim();
}
