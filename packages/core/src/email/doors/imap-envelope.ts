import type { Taken } from "../inbound.ts";
import { addressOfRoute, type EmailRoute } from "../model.ts";
import { MailHead } from "../reading/head.ts";
import { nobodysAddress, readMailbox } from "../reading/plain.ts";

/** What the server that put a mail into a mailbox knew: who sent it, and by which form of our address. */
export function envelopeOf(raw: Buffer, route: EmailRoute): Pick<Taken, "mailFrom" | "recipients"> {
	const head = new MailHead(raw);
	const rcptTo = withToken(head.text, route) ?? addressOfRoute(route);
	return { mailFrom: senderOf(head), recipients: [{ route, rcptTo }] };
}

/** Empty of what is no answer to anything: it came with the empty path `<>` (RFC 5321, 4.4). */
function senderOf(head: MailHead): string {
	const path = head.field("return-path");
	if (path === "<>") return "";
	return firstAddress(path) ?? firstAddress(head.field("from")) ?? nobodysAddress;
}

/** The first address in a field: in angles, as a name may look like one; else alone, or before a comment. */
function firstAddress(field = ""): string | undefined {
	for (const word of [/<([^<>]*)>/.exec(field)?.[1], ...field.split(/[\s<>"(),;:]/)]) {
		const email = readMailbox(word)?.email;
		if (email) return email;
	}
	return undefined;
}

/** Our address with a thread's token behind a plus. It is looked for from our own letters on, so that nothing is read twice. */
function withToken(head: string, { pattern, domain }: EmailRoute): string | undefined {
	const [local, host] = [pattern, domain].map((one) => one.replaceAll(".", "\\."));
	return new RegExp(`(?<![\\w.+-])${local}\\+(?:[\\w.-]{1,30}\\+)?c\\.[0-9a-f]{32}@${host}(?![\\w.-])`, "i").exec(
		head,
	)?.[0];
}
