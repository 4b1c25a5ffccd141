import type { Finding } from "@inlay/contract/health/finding";
import { homeTopic } from "@inlay/contract/home";
import { expect, it } from "vitest";
import type { Api } from "../../session/api.ts";
import type { NewsSocket } from "../../session/news-channel.ts";
import { FakeApi } from "../../test-support/fake-api.ts";
import { applyFix } from "./apply-fix.ts";
import { sentencesOf } from "./finding-strings.ts";
import { HealthModel } from "./health-model.ts";
import { byThing, placeOf, placeOfCure } from "./places.ts";

const client = {
	id: "c1",
	name: "CRM",
	version: 3,
	registeredRedirectUri: ["https://a.example/"],
	scope: ["users"],
	state: "disabled",
};
const finding = (code: Finding["code"], severity: Finding["severity"], id = "c1"): Finding => ({
	...{ code, severity, about: { kind: "client", id, name: "CRM" }, cure: {} },
	cause: { say: `${code}.cause`, values: { client: "CRM", deployments: "Panel" } },
});

/** Answers with these findings, and keeps what was sent. */
function world(findings: Record<string, Finding[]> = {}) {
	const sent: unknown[] = [];
	const api = {
		async request(method: string, path: string, body?: unknown) {
			if (body !== undefined) sent.push([method, path, body]);
			const part = /part=(\w+)/.exec(path)?.[1];
			if (part) return { findings: findings[part] ?? [], unchecked: [] };
			return path.endsWith("self-tests") ? { entities: [] } : client;
		},
	} as unknown as Api;
	return { api, sent, model: new HealthModel(api, "https://panel.example") };
}

it("read the whole organization with every step of every call, and where nobody looked", async () => {
	let socket: NewsSocket | undefined;
	const path = "GET /api/inlay/v1/health/findings?part=organization";
	const api = new FakeApi()
		.on("POST /api/v2/notifications/channels", { id: "c", connectUri: "wss://inlay.example/c" })
		.on("PUT /api/v2/notifications/channels/c/subscriptions?ignoreErrors=true", {})
		.on(path, { findings: [], unchecked: [] });
	const page = Object.assign(new EventTarget(), { hidden: false });
	const openSocket = () => {
		socket = { close: () => {}, onopen: null, onmessage: null, onclose: null };
		return socket;
	};
	const model = new HealthModel(api, "https://panel.example", {
		openSocket,
		after: () => () => {},
		page: page as never,
	});
	const hear = () => socket?.onmessage?.({ data: JSON.stringify({ topicName: homeTopic("health"), eventBody: {} }) });
	const followed = () => api.asked.find(({ what }) => what.endsWith("subscriptions?ignoreErrors=true"))?.body;
	const readings = () => api.asked.filter(({ what }) => what === path).length;
	const close = model.open();
	await expect.poll(() => socket).toBeDefined();
	await model.organization.refresh();
	const before = readings();
	expect(followed()).toEqual([{ id: homeTopic("health") }, { id: homeTopic("troubles") }]);
	hear();
	expect(readings()).toBe(before + 1);
	await model.organization.refresh();
	page.hidden = true;
	const seen = readings();
	hear();
	expect(readings()).toBe(seen);
	page.hidden = false;
	page.dispatchEvent(new Event("visibilitychange"));
	expect(readings()).toBe(seen + 1);
	close();
});

it("shows what is wrong with organization and server together, the worst first", async () => {
	const { model } = world({
		organization: [finding("client.shared", "note")],
		server: [finding("client.inactive", "error")],
	});
	await model.readAll();
	expect(model.findings.map(({ severity }) => severity)).toEqual(["error", "note"]);
	expect(model.selfTestUrl).toBe("https://panel.example/crm/self-test.html");
});

it.each([
	[{ do: "enableClient", clientId: "c1" }, { state: "active" }],
	[{ do: "addScopes", clientId: "c1", scopes: ["users", "voicemail"] }, { scope: ["users", "voicemail"] }],
	[
		{ do: "addRedirectUris", clientId: "c1", uris: ["https://b.example/"] },
		{ registeredRedirectUri: ["https://a.example/", "https://b.example/"] },
	],
] as const)("%j adds to what the client has now, under its version", async (fix, change) => {
	const { api, sent } = world();
	await applyFix(api, fix);
	expect(sent).toEqual([["PUT", "/api/v2/oauth/clients/c1", { name: "CRM", version: 3, ...change }]]);
});

it("findings of one thing stand together, and lead to its screen", () => {
	const all = [
		finding("client.inactive", "error"),
		finding("client.shared", "note", "c2"),
		finding("client.short", "warning"),
	];
	expect(byThing(all).map(({ findings }) => findings.map(({ code }) => code))).toEqual([
		["client.inactive", "client.short"],
		["client.shared"],
	]);
	expect(placeOf({ kind: "client", id: "c1", name: "CRM" })?.href).toBe("#/clients/c1");
});

it("what is wrong with a staged version led to everybody's, and to no line of it", () => {
	const at = { thing: { kind: "deployment", id: "d1", name: "CRM" }, field: "script" } as const;
	expect(placeOfCure({ at, line: 12, version: 2 })?.href).toBe("#/deployments/d1?line=12&version=2");
	expect(placeOfCure({ at, line: 12 })?.href).toBe("#/deployments/d1?line=12");
	expect(placeOfCure({ at })?.href).toBe("#/deployments/d1");
	expect(placeOfCure({ line: 12 })).toBeUndefined();
});

it("a finding is said in words, and one of a newer server by its code", () => {
	expect(sentencesOf(finding("client.inactive", "error"))).toEqual({
		cause: "“CRM” is disabled, so nobody can sign in to Panel.",
		cure: "Enable the client.",
	});
	const newer = { code: "client.unheard", cause: { say: "client.unheard.cause", values: {} } } as unknown as Finding;
	expect(sentencesOf(newer).cause).toBe("client.unheard");
});
