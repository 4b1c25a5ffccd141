import { type HomePart, homeParts, homeTopic } from "@inlay/contract/home";
import { beforeEach, describe, expect, it } from "vitest";
import type { NewsSocket } from "../../session/news-channel.ts";
import { FakeApi, page } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { HomeModel } from "./home-model.ts";

const paths = {
	deployments: "GET /api/v2/integrations",
	panels: "GET /api/inlay/v1/panels",
	queues: "GET /api/inlay/v1/routing/queues/live",
	troubles: "GET /api/inlay/v1/diagnostics/troubles",
	steps: "GET /api/inlay/v1/diagnostics/steps",
	health: "GET /api/inlay/v1/health/findings?part=organization",
} as const;

let api: FakeApi;
let socket: NewsSocket;
let now: number;
let seen: EventTarget & { hidden: boolean };

beforeEach(() => {
	now = 1_000;
	seen = Object.assign(new EventTarget(), { hidden: false });
	api = new FakeApi()
		.on("POST /api/v2/notifications/channels", { id: "c", connectUri: "wss://inlay.example/c" })
		.on("PUT /api/v2/notifications/channels/c/subscriptions?ignoreErrors=true", {})
		.on(paths.deployments, page())
		.on(paths.panels, { agents: 2, entities: [] })
		.on(paths.queues, { entities: [], total: 0, waiting: 0, interacting: 0, onQueue: 0, media: {} })
		.on(paths.troubles, { entities: [] })
		.on(paths.steps, { client: true, deployment: false, script: false })
		.on(paths.health, { findings: [], unchecked: [] });
});

function model(self = selfWith()): HomeModel {
	const openSocket = () => {
		socket = { close: () => {}, onopen: null, onmessage: null, onclose: null };
		return socket;
	};
	return new HomeModel(api, self, { openSocket, after: () => () => {}, now: () => now, page: seen as never });
}

const readings = (path: string) => api.asked.filter(({ what }) => what === path).length;
const hear = (part: HomePart) =>
	socket.onmessage?.({ data: JSON.stringify({ topicName: homeTopic(part), eventBody: {} }) });
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the first page", () => {
	it("reads what it is told of anew, and nothing else", async () => {
		const home = model();
		const close = home.open();
		await expect.poll(() => socket).toBeDefined();
		await settled();
		socket.onopen?.();
		await settled();
		const before = homeParts.map((part) => readings(paths[part]));
		hear("queues");
		await settled();
		const after = homeParts.map((part) => readings(paths[part]));
		expect(after.map((many, at) => many - (before[at] ?? 0))).toEqual([0, 1, 0, 0, 0, 0]);
		close();
	});

	it("a tab that nobody saw read Health whenever something changed", async () => {
		const home = model();
		const close = home.open();
		await expect.poll(() => socket).toBeDefined();
		await settled();
		const before = readings(paths.health);
		seen.hidden = true;
		hear("health");
		await settled();
		expect(readings(paths.health)).toBe(before);
		seen.hidden = false;
		seen.dispatchEvent(new Event("visibilitychange"));
		await settled();
		expect([readings(paths.health) - before, readings(paths.queues)]).toEqual([1, 1]);
		close();
	});

	it("of many notices while it reads it reads once more", async () => {
		const home = model();
		for (let nth = 0; nth < 5; nth++) home.read(["panels"]);
		await settled();
		await settled();
		expect(readings(paths.panels)).toBe(2);
	});

	it("asks for nothing that one may not see", async () => {
		const home = model(selfWith(grantOf(["analytics:queueObservation:view"])));
		home.read(homeParts);
		await settled();
		expect(api.asked.map(({ what }) => what)).toEqual([paths.queues]);
		expect(homeParts.filter((part) => home.sees(part))).toEqual(["queues"]);
	});

	it("shows next steps in the guide's order until all are done", async () => {
		const home = model();
		await home.steps.load();
		expect(home.openSteps()).toEqual([
			{ step: "client", done: true },
			{ step: "deployment", done: false },
			{ step: "script", done: false },
		]);
		api.on(paths.steps, { client: true, deployment: true });
		await home.steps.load();
		expect(home.openSteps()).toEqual([]);
	});

	describe("of a deployment that is on", () => {
		const told = { count: 1, firstAt: "2026-01-01T00:00:00Z", lastAt: "2026-01-01T00:00:00Z", people: [] };
		const finding = (code: string, kind: string, id: string) => ({
			...{ code, severity: "error", about: { kind, id, name: id } },
			...{ cause: { say: code, values: {} }, cure: {} },
		});
		/** The configuration of the first names another client than its script. */
		const deployment = (id: string) => ({
			...{ id, name: id, intendedState: "ENABLED", config: { current: { properties: { clientId: "c2" } } } },
		});
		const signIns = [{ deploymentId: "crm", clientId: "c1" }];

		async function shown(findings: unknown[], report: object = { signIns }): Promise<HomeModel> {
			api.on(paths.health, { findings, unchecked: [], ...report });
			api.on(paths.deployments, page(deployment("crm"), deployment("other")));
			const home = model();
			await Promise.all([home.health.load(), home.deployments.load()]);
			return home;
		}

		it("it was green though its group was empty and its client disabled", async () => {
			const home = await shown([
				finding("group.empty", "deployment", "crm"),
				finding("client.inactive", "client", "c1"),
			]);
			const [crm, other] = home.deployments.value ?? [];
			expect([home.errors(crm).length, home.errors(other).length, home.errors().length]).toEqual([2, 0, 2]);
		});

		it("an order was given to switch it on, and to enable a client that was enabled again", async () => {
			const inactive = { ...told, kind: "panel", code: "deployment.inactive" } as const;
			const disabled = {
				...told,
				kind: "panel",
				code: "client.inactive",
				deployment: { id: "crm", name: "crm" },
			} as const;
			const home = await shown([]);
			expect(home.mended({ ...inactive, deployment: { id: "crm", name: "crm" } })).toBe("mendedDeployment");
			expect(home.mended({ ...inactive, deployment: { id: "off", name: "off" } })).toBeUndefined();
			expect(home.mended(disabled)).toBe("mendedClient");
			expect(home.mended({ ...disabled, client: { id: "c9", name: "of none" } })).toBeUndefined();
			expect((await shown([finding("client.inactive", "client", "c1")])).mended(disabled)).toBeUndefined();
			expect((await shown([], {})).mended(disabled)).toBeUndefined();
		});

		it("the client of its configuration was taken for the one that its script signs in with", async () => {
			const home = await shown([finding("client.inactive", "client", "c2")]);
			const disabled = { ...told, kind: "panel", code: "client.inactive" } as const;
			expect(home.errors(home.deployments.value?.[0])).toEqual([]);
			expect(home.mended({ ...disabled, client: { id: "c2", name: "of none" } })).toBeUndefined();
		});
	});

	it("lets a wait grow between two readings", async () => {
		const home = model();
		await home.queues.load();
		now = 5_400;
		home.now.value = now;
		expect(home.longestWait(10)).toBe(14);
		expect(home.longestWait(undefined)).toBeUndefined();
	});
});
