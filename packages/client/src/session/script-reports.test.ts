import { beforeEach, expect, test } from "vitest";
import { ScriptReports } from "./script-reports.ts";

let sent: { url: string; headers: Record<string, string>; body: unknown }[];
const send = (async (url: string, init: { headers: Record<string, string>; body: string }) => {
	sent.push({ url, headers: init.headers, body: JSON.parse(init.body) });
	throw new Error("the server is away");
}) as unknown as typeof fetch;

beforeEach(() => {
	sent = [];
});

const target = { api: "https://api.example", deployment: "d1", token: "t1" };

test("a failing script is told to the server once, with deployment and token, and never fails itself", () => {
	const reports = new ScriptReports(() => target, send);
	for (let times = 0; times < 3; times++) reports.tell({ code: "framework.callback.threw", text: "screenPop: no" });
	reports.tell({ code: "framework.callback.threw", text: "screenPop: other" });
	expect(sent).toHaveLength(2);
	expect(sent[0]).toMatchObject({
		url: "https://api.example/api/inlay/v1/diagnostics/scripts",
		headers: { authorization: "Bearer t1" },
		body: { code: "framework.callback.threw", text: "screenPop: no", deployment: "d1" },
	});
});

test("nothing is sent before the panel knows where to, or after many different failures", () => {
	new ScriptReports(() => ({ ...target, api: "" }), send).tell({ code: "framework.late", text: "5" });
	expect(sent).toEqual([]);
	const reports = new ScriptReports(() => ({ ...target, token: undefined }), send);
	for (let number = 0; number < 100; number++) reports.tell({ code: "framework.late", text: `${number}` });
	expect(sent).toHaveLength(30);
	expect(sent[0]?.headers).not.toHaveProperty("authorization");
});
