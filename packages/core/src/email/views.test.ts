import { expect, it } from "vitest";
import type { Draft } from "./model.ts";
import { draftView, leftDraft } from "./views.ts";

const draft: Draft = {
	...{ conversationId: "c", userId: "u", version: 2, kind: "Reply", to: [], cc: [], bcc: [], subject: "About it" },
	...{ text: "", at: new Date("2026-01-01T00:00:00Z") },
	attachments: [{ id: "f", name: "offer.pdf", contentType: "application/pdf", size: 7 }] as Draft["attachments"],
};

it("a draft of HTML alone, or of files alone, stood there as if nothing was in it", () => {
	const formatted = { ...draft, html: "<p>Dear <b>Carol</b>,</p>" };
	expect(leftDraft(formatted)).toMatchObject({ text: "Dear Carol,", files: ["offer.pdf"] });
	expect(draftView(formatted, undefined, [], "").text).toBe("Dear Carol,");
	expect(leftDraft({ ...formatted, text: "Dear Carol" }).text).toBe("Dear Carol");
	expect(leftDraft(draft).files).toEqual(["offer.pdf"]);
});
