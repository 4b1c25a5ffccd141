import { expect, test } from "vitest";
import type { ScriptReport } from "../framework/ports.ts";
import { BlockedLoads, type Violation } from "./blocked-loads.ts";
import type { Toasts } from "./toasts.ts";

function told(...violations: Array<[directive: string, blocked: string]>) {
	const toasts: string[] = [];
	const reports: ScriptReport[] = [];
	const shown = { show: ({ text }: { text: string }) => void toasts.push(text) } as unknown as Toasts;
	const loads = new BlockedLoads(shown, (report) => reports.push(report));
	for (const [effectiveDirective, blockedURI] of violations) {
		const place = { sourceFile: "https://panel.example/framework.js?key=hunter2", lineNumber: 12 };
		loads.note({ effectiveDirective, blockedURI, ...place } satisfies Violation);
	}
	return { toasts, reports };
}

test("a script that called another server failed, and nobody was told why", () => {
	const { toasts, reports } = told(["connect-src", "https://other.example/v1/x?y=1"]);
	expect(toasts).toEqual([expect.stringContaining("https://other.example")]);
	expect(toasts[0]).not.toContain("/v1/x");
	expect(reports).toEqual([
		{
			code: "framework.load.blocked",
			text: "connect-src: https://other.example (https://panel.example/framework.js:12)",
		},
	]);
});

test("a call in a loop filled the panel with the same words", () => {
	const blocked = ["connect-src", "https://other.example/"] as [string, string];
	const { toasts, reports } = told(blocked, blocked, ["connect-src", "wss://other.example/live"]);
	expect([toasts.length, reports.length]).toEqual([2, 2]);
});

test("scripts and texts as scripts are told, and pictures are not", () => {
	const { toasts } = told(
		["script-src-elem", "https://cdn.example/a.js"],
		["script-src", "eval"],
		["img-src", "http://x"],
	);
	expect(toasts).toEqual([expect.stringContaining("https://cdn.example"), expect.stringContaining("text")]);
});
