import { expect, it } from "vitest";
import type { Api } from "../../session/api.ts";
import { MailboxModel } from "./mailbox-model.ts";

it("what was typed while a mailbox was being saved was gone", async () => {
	let kept: object = { host: "imap.example", port: 993, security: "tls", user: "help", folder: "INBOX", version: 1 };
	const saved = Promise.withResolvers<void>();
	const request = async (method: string, _path: string, body: object) => {
		if (method === "GET") return kept;
		await saved.promise;
		const { password: _never, ...rest } = body as { password?: string };
		kept = { ...rest, version: 2 };
	};
	const model = new MailboxModel({ request } as unknown as Api, "/one");
	await model.loaded.load();
	model.change({ host: "mail.example", password: "secret" });
	const saving = model.save();
	model.change({ folder: "Support" });
	saved.resolve();
	await saving;
	expect(model.form.value).toMatchObject({ host: "mail.example", folder: "Support", password: "" });
	expect(model.isChanged).toBe(true);
});
