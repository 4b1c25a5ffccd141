import { pageOf, pageRequest } from "../kernel/http/paging.ts";
import type { Owner, Voicemail } from "./model.ts";
import type { Which } from "./store.ts";
import { mailboxView, messageView, namesIn } from "./views.ts";
import type { Voicemails } from "./voicemails.ts";

interface PageQuery {
	pageSize?: number;
	pageNumber?: number;
}

/** `VoicemailMessageEntityListing`: messages of these mailboxes, the newest first. */
export async function messagePage(
	voicemails: Voicemails,
	owners: readonly Owner[],
	query: PageQuery,
	url: string,
	which?: Which,
) {
	const asked = pageRequest(query);
	const { found, total } = await voicemails.list(owners, asked, which);
	const names = await namesIn(found, voicemails.ports);
	return pageOf(
		found.map((one) => messageView(one, names)),
		total,
		asked,
		url,
	);
}

/** `VoicemailMessage`. */
export async function messageOf(voicemails: Voicemails, found: Voicemail) {
	return messageView(found, await namesIn([found], voicemails.ports));
}

/** `VoicemailMailboxInfo`. */
export async function mailboxOf(voicemails: Voicemails, owner: Owner, selfUri: string) {
	return mailboxView(owner, await voicemails.counts([owner]), selfUri);
}
