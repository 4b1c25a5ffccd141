import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { iframeSnippet, panelUrl } from "./embed.ts";

describe("embedding", () => {
	it("addresses a deployment by its id, a partner's by its name", () => {
		expect(panelUrl("https://i.example", { id: "d 1" })).toBe(
			"https://i.example/crm/embeddableFramework.html?deployment=d%201",
		);
		expect(panelUrl("https://i.example", { id: "d", partnerName: "acme" })).toBe(
			"https://i.example/crm/acme/index.html",
		);
	});

	it("allowed the panel other features than the documentation does", async () => {
		const docs = await readFile(new URL("../../../../../docs/deploy-a-panel.md", import.meta.url), "utf8");
		const documented = /allow="([^"]+)"/.exec(docs)?.[1];
		expect(iframeSnippet("https://i.example/", "CRM")).toContain(`allow="${documented}"`);
	});

	it("lets the panel use the microphone, and no name break out of the snippet", () => {
		const snippet = iframeSnippet("https://i.example/?a=1&b=2", 'A "CRM" <b>');
		expect(snippet).toContain('allow="microphone; ');
		expect(snippet).toContain('src="https://i.example/?a=1&amp;b=2"');
		expect(snippet).toContain('title="A &quot;CRM&quot; &lt;b&gt;"');
	});
});
