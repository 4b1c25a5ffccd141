import type { ApiClient } from "../../session/api.ts";
import { type MailPage, pathOf, type ThreadMail } from "./mail.ts";
import { picturesOf } from "./mail-pictures.ts";
import { type PrintedMail, printPage } from "./print-page.ts";

const pageSize = 50;
/** Nobody prints more of one thread; what is older stays in it. */
const mostMails = 500;
/** Letters of all mails together: this page holds them, and the calls beside them. */
const mostLetters = 10_000_000;
/** Bytes of all pictures together, as their mails say; later ones are only said to be missing. */
const mostPictureBytes = 30 * 1024 * 1024;

/** Prints the whole thread, the oldest mail first, each with its pictures and the names of its files. */
export async function printThread(api: Pick<ApiClient, "get">, conversationId: string): Promise<void> {
	const { mails, hasMore } = await wholeThread(api, conversationId);
	await printed(printPage(await pictured(mails, picturesOf), hasMore));
}

/** One mail after the other with its pictures, the latest first, as far as all of them together are not too much for this page. */
export async function pictured(
	mails: readonly ThreadMail[],
	read: (files: ThreadMail["attachments"]) => Promise<ReadonlyMap<string, string>>,
): Promise<PrintedMail[]> {
	const found: PrintedMail[] = [];
	let room = mostPictureBytes;
	for (const mail of mails.toReversed()) {
		const shown = mail.attachments.filter(({ contentId, contentUri }) => contentId && contentUri);
		const taken = shown.filter(({ contentLength }) => {
			const fits = contentLength <= room;
			if (fits) room -= contentLength;
			return fits;
		});
		found.unshift({ mail, pictures: await read(taken), missing: shown.length - taken.length });
	}
	return found;
}

async function wholeThread(api: Pick<ApiClient, "get">, conversationId: string) {
	const mails: ThreadMail[] = [];
	let letters = 0;
	let hasMore = true;
	while (hasMore && mails.length < mostMails && letters < mostLetters) {
		const before = mails[0]?.id;
		const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
		const page = await api.get<MailPage>(`${pathOf(conversationId)}/thread?${query}`);
		mails.unshift(...page.entities);
		letters += page.entities.reduce((sum, { html, text }) => sum + (html ?? text).length, 0);
		hasMore = page.hasMore && page.entities.length > 0;
	}
	return { mails, hasMore };
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
