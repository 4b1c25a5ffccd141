import type { ApiClient } from "../../session/api.ts";
import { type MailPage, pathOf, type ThreadMail } from "./mail.ts";
import { picturesOf } from "./mail-pictures.ts";
import { printPage } from "./print-page.ts";

const pageSize = 50;
/** Nobody prints more of one thread; what is older stays in it. */
const mostMails = 500;

/** Prints the whole thread, the oldest mail first, each with its pictures and the names of its files. */
export async function printThread(api: Pick<ApiClient, "get">, conversationId: string): Promise<void> {
	const mails = await wholeThread(api, conversationId);
	const pictures = await Promise.all(mails.map(({ attachments }) => picturesOf(attachments)));
	await printed(printPage(mails.map((mail, index) => ({ mail, pictures: pictures[index] ?? new Map() }))));
}

async function wholeThread(api: Pick<ApiClient, "get">, conversationId: string): Promise<ThreadMail[]> {
	const mails: ThreadMail[] = [];
	for (let hasMore = true; hasMore && mails.length < mostMails; ) {
		const before = mails[0]?.id;
		const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
		const page = await api.get<MailPage>(`${pathOf(conversationId)}/thread?${query}`);
		mails.unshift(...page.entities);
		hasMore = page.hasMore && page.entities.length > 0;
	}
	return mails;
}

/**
 * Shows the page to the printer out of a frame that nobody sees. Of this origin, as nothing else may be printed, and without
 * `allow-scripts`, so that nothing in it runs, whatever the server let through.
 */
function printed(page: string): Promise<void> {
	const frame = document.createElement("iframe");
	frame.setAttribute("sandbox", "allow-same-origin allow-modals");
	frame.setAttribute("aria-hidden", "true");
	frame.className = "mail-print";
	frame.srcdoc = page;
	return new Promise((resolve) => {
		frame.addEventListener("load", () => {
			const view = frame.contentWindow;
			view?.addEventListener("afterprint", () => frame.remove());
			view?.print();
			resolve();
		});
		document.body.append(frame);
	});
}
