import { expect, it } from "vitest";
import type { ThreadMail } from "./mail.ts";
import { pictured } from "./print.ts";
import { pageFor } from "./reader-page.ts";

const mb = 1024 * 1024;

it("all pictures of a long thread were read at once", async () => {
	const file = { attachmentId: "a", name: "a.png", contentType: "image/png", contentLength: 8 * mb };
	const mail = { attachments: [{ ...file, contentId: "c", contentUri: "/a" }, file] } as unknown as ThreadMail;
	let atOnce = 0;
	let most = 0;
	let asked = 0;
	const found = await pictured(new Array<ThreadMail>(10).fill(mail), async (files) => {
		asked += files.length;
		most = Math.max(most, ++atOnce);
		await Promise.resolve();
		atOnce -= 1;
		return new Map();
	});
	expect([most, asked]).toEqual([1, 3]);
	// The latest have theirs.
	expect(found.map(({ missing }) => missing)).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
});

it("a picture that a mail shows a hundred times filled the panel's memory a hundred times", () => {
	const picture = `data:image/png;base64,${"A".repeat(7 * mb)}`;
	const page = pageFor('<img src="cid:c" alt="" />'.repeat(100), new Map([["c", picture]]));
	expect(page.split(picture).length - 1).toBe(8);
	expect(page.split('src="cid:c"').length - 1).toBe(92);
});
