import type { Trx } from "../kernel/database/database.ts";
import { mailStore as store } from "./mail-store.ts";
import type { EmailThread } from "./model.ts";
import type { ReadMail } from "./reading/model.ts";

/** An address of ours with the token of a thread: `support+c.<32 hex>@shop.example`. */
const plusToken = /\+c\.([0-9a-f]{32})@/i;
/** The beginning of a thread's token, as a subject names it: `[#A1B2C3]`. */
const subjectToken = /\[#([0-9A-F]{6})\]/;

/**
 * The thread to which a mail belongs (agent-features 8.1, 5): by the address it was sent to, by the mails that it names, by a
 * token in its subject if its sender takes part already. Never by its subject alone.
 */
export async function threadOf(
	trx: Trx,
	routeId: string,
	mail: Pick<ReadMail, "answers" | "from" | "subject">,
	rcptTo: string,
): Promise<EmailThread | undefined> {
	const inAddress = plusToken.exec(rcptTo)?.[1];
	const byAddress = inAddress && (await store.threadOfToken(trx, routeId, inAddress.toLowerCase()));
	if (byAddress) return byAddress;
	const byIds = await store.threadOfIds(trx, routeId, mail.answers);
	if (byIds) return byIds;
	const inSubject = subjectToken.exec(mail.subject)?.[1];
	const bySubject = inSubject && (await store.threadOfToken(trx, routeId, inSubject.toLowerCase()));
	if (!bySubject) return undefined;
	return (await store.takesPart(trx, bySubject, mail.from.email.toLowerCase())) ? bySubject : undefined;
}
