import { randomUUID } from "node:crypto";
import { Answer, noPermission, publicRoute, type Route, route } from "@inlay/core";
import { Type } from "typebox";
import type { DemoFile } from "../demo-file.ts";
import { isOwnPage, pageAnswer } from "../page/own-page.ts";
import type { Mailbox } from "./mailbox.ts";
import { mailboxPage, mailboxPolicy, mailList } from "./mailbox-page.ts";

const common = { permission: noPermission, scope: publicRoute, hidden: true, success: { status: 200 } } as const;

/** The simulated mailbox: its page, what is new in it, and what is written with it. Only its own page may write. */
export function mailboxRoutes(mailbox: Mailbox, demo: DemoFile): Route[] {
	async function page(status: number, { told, answers }: { told?: string; answers?: string | undefined } = {}) {
		const mails = mailbox.mails();
		const state = {
			mails,
			ours: await mailbox.ours(),
			key: randomUUID(),
			answers: mails.find(({ id }) => id === answers),
		};
		return pageAnswer(status, mailboxPage({ ...state, ...(told ? { told } : {}) }), mailboxPolicy);
	}

	return [
		route({
			...common,
			method: "GET",
			path: "/mailbox",
			operationId: "getDemoMailbox",
			summary: "A customer's mailbox, with what was sent to it.",
			query: Type.Object({ answers: Type.Optional(Type.String({ maxLength: 100 })) }),
			handler: ({ query: { answers } }) => page(200, { answers }),
		}),
		route({
			...common,
			method: "GET",
			path: "/mailbox/mails",
			operationId: "getDemoMailboxMails",
			summary: "The mailbox's mails, as its page shows them.",
			handler: async () => pageAnswer(200, mailList(mailbox.mails())),
		}),
		route({
			...common,
			method: "POST",
			path: "/mailbox",
			operationId: "postDemoMailbox",
			summary: "Write an email as the customer.",
			body: Type.Object({
				subject: Type.String({ maxLength: 300 }),
				text: Type.String({ maxLength: 20_000 }),
				key: Type.String({ minLength: 1, maxLength: 100, pattern: "^[\\w-]+$" }),
				answers: Type.Optional(Type.String({ maxLength: 100 })),
				// Another customer, and what comes with it: `inlay simulate`.
				from: Type.Optional(Type.String({ maxLength: 254, pattern: "^[\\w.+-]+@[\\w.-]+$" })),
				name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
				files: Type.Optional(
					Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }), data: Type.String() }), {
						maxItems: 20,
					}),
				),
			}),
			acceptsForms: true,
			bodyLimit: 16 * 1024 * 1024,
			async handler({ body: { subject, text, answers, ...more }, headers }) {
				if (!isOwnPage(demo, headers.origin)) return page(403, { told: "Write on the mailbox’s own page." });
				if (text.trim() === "") return page(400, { told: "Write something first." });
				const letter = { subject: subject.trim(), text: text.trim(), ...more, ...(answers ? { answers } : {}) };
				if (!(await mailbox.write(letter))) return page(404, { told: "There is no such address any more." });
				// A reload of the page sends nothing.
				return new Answer(303, undefined, { location: "/mailbox" });
			},
		}),
	];
}
