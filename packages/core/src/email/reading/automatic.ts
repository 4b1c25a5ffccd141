/** A mail's headers by their names in small letters; of several only the first. */
export type MailHeaders = ReadonlyMap<string, string>;

/**
 * Whether a machine has written a mail (agent-features 8.1, RFC 3834): such mails attach to their thread, and neither disturb
 * anybody nor are answered by themselves.
 * @param mailFrom the envelope's sender; empty of what is no answer to anything
 */
export function isAutomatic(headers: MailHeaders, mailFrom: string, from: string): boolean {
	const has = (name: string) => headers.get(name)?.trim().toLowerCase() ?? "";
	const submitted = has("auto-submitted").split(";")[0]?.trim();
	return (
		(submitted !== "" && submitted !== "no") ||
		/^(?:bulk|list|junk|auto_reply)\b/.test(has("precedence")) ||
		headers.has("list-id") ||
		headers.has("x-autoreply") ||
		headers.has("x-autorespond") ||
		mailFrom === "" ||
		/^(?:mailer-daemon|postmaster)@/i.test(from) ||
		/^multipart\/report\b/.test(has("content-type"))
	);
}

/** What a filter before us has said of it. */
export function isSpam(headers: MailHeaders): boolean {
	return /^\s*yes\b/i.test(headers.get("x-spam-flag") ?? "") || /^\s*yes\b/i.test(headers.get("x-spam-status") ?? "");
}
