import { randomUUID } from "node:crypto";
import { Answer, noPermission, publicRoute, type Route, route } from "@inlay/core";
import { Type } from "typebox";
import type { DemoFile } from "../demo-file.ts";
import { isOwnPage, pageAnswer } from "../page/own-page.ts";
import type { Phone } from "./phone.ts";
import { phonePage, phonePolicy, textList } from "./phone-page.ts";

const common = { permission: noPermission, scope: publicRoute, hidden: true, success: { status: 200 } } as const;

/** The simulated phone: its page, what is new on it, and what is written with it. Only its own page may write. */
export function phoneRoutes(phone: Phone, demo: DemoFile): Route[] {
	async function page(status: number, told?: string): Promise<Answer> {
		const [numbers, texts] = await Promise.all([phone.ourNumbers(), phone.texts()]);
		const html = phonePage({ numbers, texts, key: randomUUID(), ...(told ? { told } : {}) });
		return pageAnswer(status, html, phonePolicy);
	}

	return [
		route({
			...common,
			method: "GET",
			path: "/phone",
			operationId: "getDemoPhone",
			summary: "A simulated phone, with what was sent to it.",
			handler: () => page(200),
		}),
		route({
			...common,
			method: "GET",
			path: "/phone/texts",
			operationId: "getDemoPhoneTexts",
			summary: "The simulated phone's texts, as its page shows them.",
			handler: async () => pageAnswer(200, textList(await phone.texts())),
		}),
		route({
			...common,
			method: "POST",
			path: "/phone",
			operationId: "postDemoPhone",
			summary: "Write a text with the simulated phone.",
			body: Type.Object({
				text: Type.String({ maxLength: 10_000 }),
				key: Type.String({ minLength: 1, maxLength: 100 }),
				to: Type.Optional(Type.String({ maxLength: 200 })),
				// Another customer: `inlay simulate`.
				from: Type.Optional(Type.String({ pattern: "^\\+\\d{6,15}$" })),
				name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
			}),
			acceptsForms: true,
			async handler({ body: { text, key, to, ...who }, headers }) {
				if (!isOwnPage(demo, headers.origin)) return page(403, "Write on the phone’s own page.");
				if (text.trim() === "") return page(400, "Write something first.");
				if (!(await phone.write(to, text.trim(), key, who))) return page(404, "There is no such number any more.");
				// A reload of the page sends nothing.
				return new Answer(303, undefined, { location: "/phone" });
			},
		}),
	];
}
