import type { Services } from "@inlay/core";
import { expect, it } from "vitest";
import type { DemoFile } from "../demo-file.ts";
import { rowsToTake } from "./permissions.ts";
import { tourRoutes } from "./routes.ts";
import { scenes } from "./scenes.ts";

const demo = {
	api: "http://api.test:8080",
	crm: "http://crm.test",
	customer: "http://shop.test",
	queue: { id: "q", name: "Help" },
} as DemoFile;

/** Presses a button of the page, as a browser at that origin does. */
async function press(operationId: string, origin: string | undefined, sent: { params?: object; body?: object }) {
	const calls: unknown[] = [];
	const startInboundCall = async (call: unknown) => calls.push(call);
	const services = { conversations: { calls: { startInboundCall } } } as unknown as Services;
	const found = tourRoutes(services, demo).find((one) => one.operationId === operationId);
	const answer = (await found?.handler({ params: {}, body: {}, ...sent, headers: { origin } } as never)) as {
		status: number;
		body: string;
	};
	return { ...answer, calls };
}

it("has a button for each scene that can be set, and says where to look at all of them", async () => {
	const { body } = await press("getDemoTour", undefined, {});
	for (const { id, button, look } of scenes) {
		expect(body).toContain(`id="${id}"`);
		expect(body.includes(`action="/tour/scenes/${id}"`)).toBe(button !== undefined);
		expect(look.length).toBeGreaterThan(0);
	}
	expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length);
});

it("lets a customer call, and says so", async () => {
	const { status, body, calls } = await press("postDemoTourScene", demo.api, { params: { sceneId: "call" } });
	expect(status).toBe(200);
	expect(calls).toMatchObject([{ queueId: "q" }]);
	expect(body).toContain("calls Help");
});

it.each([undefined, "http://evil.test", "null"])("a form of another site (%s) set scenes", async (origin) => {
	const { status, calls } = await press("postDemoTourScene", origin, { params: { sceneId: "call" } });
	expect([status, calls]).toEqual([403, []]);
});

it("knows no other scenes, and takes no other permissions", async () => {
	expect((await press("postDemoTourScene", demo.api, { params: { sceneId: "none" } })).status).toBe(404);
	expect((await press("postDemoTourPermissions", demo.api, { body: { permission: "a:b:c" } })).status).toBe(404);
	expect(rowsToTake().length).toBeGreaterThan(15);
});
