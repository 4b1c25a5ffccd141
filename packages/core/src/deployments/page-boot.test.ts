import type { BootAnswer } from "@inlay/contract";
import { expect, it } from "vitest";
import { withBoot } from "./page-boot.ts";

const answer = {
	organization: { id: "o", name: "</script><b>$& & more", country: "DE" },
	api: "https://api.example",
	region: "r",
	hosts: [],
	demo: false,
	script: { url: `/crm/deployments/d/framework.js?v=1&"><x`, version: 1 },
} satisfies BootAnswer;

it("a script that runs in a frame of its own is not fetched for the panel, which would not use it", () => {
	const deployment = { id: "d", name: "D", kind: "private", active: true, isolation: true } as const;
	expect(withBoot("<head></head>", { answer: { ...answer, deployment } })).not.toContain("preload");
});

it("no name of an organization or address ends the element in which the page is told of it", () => {
	const html = withBoot("<head><title>Panel</title></head><body></body>", { deployment: "d", answer });
	const [, told = ""] = /<script type="application\/json" id="inlay-boot">(.*?)<\/script>/.exec(html) ?? [];
	expect(JSON.parse(told)).toEqual({ deployment: "d", answer });
	expect(html.match(/<\/script>/g)).toHaveLength(1);
	expect(html).not.toContain("<x");
	expect(html).toContain(
		'<link rel="preload" as="script" href="/crm/deployments/d/framework.js?v=1&amp;&quot;&gt;&lt;x">',
	);
});
