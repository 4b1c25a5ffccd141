import type { Services } from "@inlay/core";
import { expect, it } from "vitest";
import type { PlayedBen } from "../colleague/ben.ts";
import type { DemoFile } from "../demo-file.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { Phone } from "../phone/phone.ts";
import type { Samples } from "../samples/samples.ts";
import { rowsToTake } from "./permissions.ts";
import { tourRoutes } from "./routes.ts";
import { scenes } from "./scenes.ts";
import { demoOrganization } from "./test-support/roles.ts";

const demo = {
	api: "http://api.test:8080",
	crm: "http://crm.test",
	customer: "http://shop.test",
	queue: { id: "q", name: "Help" },
} as DemoFile;

const ben = { whereabouts: "off", want: async () => "there", call: async () => true } as unknown as PlayedBen;

const samples = { make: async () => 200, remove: async () => 200 } as unknown as Samples;

const logged: unknown[] = [];

/** Presses a button of the page, as a browser at that origin does. */
async function press(
	operationId: string,
	origin: string | undefined,
	sent: { params?: object; body?: object },
	organization = demoOrganization(),
) {
	const calls: unknown[] = [];
	const startInboundCall = async (call: unknown) => calls.push(call);
	const conversations = { calls: { startInboundCall } };
	const services = { conversations, authorization: organization.authorization } as unknown as Services;
	const phone = { write: async (...written: unknown[]) => calls.push(written) > 0 } as unknown as Phone;
	const mailbox = phone as unknown as Mailbox;
	const deps = { ben, samples, phone, mailbox, log: (error: unknown) => logged.push(error) };
	const found = tourRoutes(services, demo, deps).find((one) => one.operationId === operationId);
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
		expect(body.includes(`action="/tour/scenes/${id}#${id}"`)).toBe(button !== undefined);
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

it("has Carol write, and says who is offered it", async () => {
	const { body, calls } = await press("postDemoTourScene", demo.api, { params: { sceneId: "message" } });
	expect(calls).toHaveLength(1);
	expect(body).toContain("Whoever is On Queue in Help is offered it.");
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

const callback = "conversation:callback:create";
const join = "routing:queue:join";

it("of two switches pressed at once one failed, and the other's change was lost", async () => {
	const organization = demoOrganization();
	const { seedRole } = organization.authorization;
	let conflicts = 1;
	organization.authorization.seedRole = async (...wanted: Parameters<typeof seedRole>) => {
		await new Promise((resolve) => setImmediate(resolve));
		if (conflicts-- > 0) throw Object.assign(new Error("changed meanwhile"), { status: 409 });
		return seedRole(...wanted);
	};
	const take = (permission: string) =>
		press("postDemoTourPermissions", demo.api, { body: { permission, to: "off" } }, organization);
	const answers = await Promise.all([callback, join].map(take));
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(organization.held().filter((one: string) => one === callback || one === join)).toEqual([]);
});

it("each row of the permission table is a switch, which shows how it stands", async () => {
	const organization = demoOrganization();
	const off = await press(
		"postDemoTourPermissions",
		demo.api,
		{ body: { permission: callback, to: "off" } },
		organization,
	);
	expect(off.body).toContain(`Anna does not hold ${callback} any more`);
	expect(organization.held()).not.toContain(callback);
	await press("postDemoTourPermissions", demo.api, { body: { permission: join, to: "off" } }, organization);
	const { body } = await press("getDemoTour", undefined, {}, organization);
	expect(body.match(/aria-checked="false"/g)).toHaveLength(2);
	await press("postDemoTourPermissions", demo.api, { body: { permission: join, to: "on" } }, organization);
	expect(organization.held()).toContain(join);
	expect(organization.held(), "the other stays away").not.toContain(callback);
	await press("postDemoTourPermissions", demo.api, { body: { all: "back" } }, organization);
	expect(organization.grants).toEqual([{ roleId: "agent", divisionId: "*" }]);
});

it("a permission taken after an administrator had set Anna's roles anew was a page of raw JSON", async () => {
	const organization = demoOrganization([{ roleId: "agent", divisionId: "home" }]);
	const sent = { body: { permission: callback, to: "off" } };
	expect((await press("postDemoTourPermissions", demo.api, sent, organization)).status).toBe(200);
	expect(organization.grants).toEqual([{ roleId: "Anna on the tour", divisionId: "home" }]);
});

it("says whose other role still gives what was taken", async () => {
	const organization = demoOrganization([
		{ roleId: "agent", divisionId: "*" },
		{ roleId: "boss", divisionId: "*" },
	]);
	const sent = { body: { permission: callback, to: "off" } };
	expect((await press("postDemoTourPermissions", demo.api, sent, organization)).body).toContain(
		"by another role: boss",
	);
});

it("what fails behind a button is said on the page", async () => {
	const organization = demoOrganization();
	organization.authorization.grants.revoke = async () => {
		throw new Error("the database is away");
	};
	const sent = { body: { permission: callback, to: "off" } };
	const { status, body } = await press("postDemoTourPermissions", demo.api, sent, organization);
	expect([status, body.includes("That did not work: the database is away")]).toEqual([500, true]);
	expect(logged.at(-1), "the log had no line of it").toMatchObject({ message: "the database is away" });
});
