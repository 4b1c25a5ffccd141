import type { ScriptDocument, ScriptStep } from "@inlay/contract/scripter/agent-script";
import type { ScriptNotice } from "@inlay/contract/scripter/open-script";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type WritingPlace, writingPlaces } from "../canned-responses/place.ts";
import { OpenScript } from "./open-script.ts";

const call = {
	...{ id: "c1", media: "call", queueId: "q", queueName: "Support", outsideId: "customer", participantId: "own" },
	...{ state: "connected", needsWrapup: false, direction: "inbound", remoteAddress: "+49", remoteName: "Clara" },
	source: { id: "c1", participants: [{ id: "customer", attributes: { tier: "gold" } }] },
} as unknown as LiveInteraction;

const document: ScriptDocument = {
	startPageId: "one",
	variables: [{ name: "order", type: "string", output: true }],
	actions: [],
	pages: ["one", "two", "wrap"].map((id) => ({
		...{ id, name: id, root: { kind: "container", id: `root-${id}`, layout: "column", children: [] } },
		...(id === "wrap" ? { forAfterCallWork: true } : {}),
	})),
};
const greeting: ScriptStep[] = [{ kind: "alert", text: "{{Participant.tier}} customer of {{Scripter.Agent Name}}" }];

let clock: FakeClock;
let sent: { method: string; body: unknown }[];
let refuse: ApiError | undefined;
let may: (permission: string) => boolean;
let now: ReturnType<typeof signal<LiveInteraction>>;
let news: ReturnType<typeof signal<{ topicName: string; eventBody: ScriptNotice } | undefined>>;
let script: OpenScript;
let transfers: unknown[];
let isNew: boolean;
let page: EventTarget;
let popped: unknown[];
/** Refuses the campaign's contact alone. */
let refuseContact: ApiError | undefined;
let onDesk: Map<string, unknown>;
const contactNow = {
	columns: [
		{ name: "city", value: "Bonn" },
		{ name: "key", value: "4711" },
	],
	mayEdit: true,
};

beforeEach(() => {
	clock = new FakeClock();
	sent = [];
	transfers = [];
	popped = [];
	refuse = refuseContact = undefined;
	onDesk = new Map();
	document.onLoad = greeting;
	isNew = false;
	may = () => true;
	now = signal<LiveInteraction>(call);
	news = signal<{ topicName: string; eventBody: ScriptNotice } | undefined>(undefined);
});
afterEach(() => script.dispose());

/** One for the queue, which is for messages alone. */
function offered(path: string) {
	const isHere = /queueId=q/.test(path) && !path.includes("medium=email");
	const response = { id: "hello", name: "Hello", text: "Hello {{customerName}}, {{order}}", libraries: [] };
	return { entities: isHere ? [{ ...response, substitutions: [] }] : [] };
}

async function open(): Promise<void> {
	let revision = 1;
	const view = {
		conversationId: "c1",
		script: { document, name: "Intake" },
		pageId: "one",
		values: { order: "" },
		revision,
	};
	const api = {
		post: async (path: string, body: unknown) => {
			sent.push({ method: `POST ${path}`, body });
			return { outputs: { total: "12 items" } };
		},
		get: async (path: string) => {
			if (refuse) throw refuse;
			if (path.includes("/responses/offered")) return offered(path);
			if (path.endsWith("/c1/contact")) {
				if (refuseContact) throw refuseContact;
				return contactNow;
			}
			return { open: { ...view, ...(isNew ? { isNew } : {}) } };
		},
		request: async (method: string, path: string, body: { columns?: Record<string, string> }) => {
			sent.push({ method, body });
			if (refuse) throw refuse;
			if (path.endsWith("/c1/contact")) {
				const { columns } = contactNow;
				return {
					...contactNow,
					columns: columns.map((one) => ({ ...one, value: body.columns?.[one.name] ?? one.value })),
				};
			}
			revision += 1;
			return { revision };
		},
	};
	const workspace = {
		session: {
			...{ api, clock, otherNews: news, me: { id: "anna", name: "Anna" }, now: signal(0) },
			desk: {
				read: (...of: string[]) => onDesk.get(of.join()),
				write: (id: string, section: string, value: unknown) => void onDesk.set(`${id},${section}`, value),
			},
			conversations: { find: () => now.value },
			actions: { transfer: async (_call: unknown, to: unknown) => void transfers.push(to) },
		},
		runtime: { news: { scriptPopped: (...pop: unknown[]) => void popped.push(pop) } },
		window: { clickedPage: { open: (address: string) => void popped.push(address) } },
		can: (permission: string) => may(permission),
		describe: (error: Error) => error.message,
	} as unknown as Workspace;
	page = new EventTarget();
	script = new OpenScript(workspace, now.value ?? call, page);
	await expect.poll(() => script.view.value !== undefined || script.failed.value).toBe(true);
}

describe("the script in the panel", () => {
	it("what it does when it opens is done once, with what is known of the customer", async () => {
		isNew = true;
		await open();
		await expect.poll(() => script.said.value).toBe("gold customer of Anna");
		script.dispose();
		isNew = false;
		await open();
		expect([script.said.value, script.pageId.value]).toEqual([undefined, "one"]);
	});

	it("is saved half a second after the last key, once", async () => {
		await open();
		for (const text of ["4", "47", "471"]) await script.change("order", text);
		clock.advance(499);
		expect(sent).toEqual([]);
		clock.advance(1);
		await expect.poll(() => sent.length).toBe(1);
		expect(sent[0]).toMatchObject({ method: "PATCH", body: { values: { order: "471" } } });
	});

	it("what was entered within half a second before a reload was lost", async () => {
		await open();
		await script.change("order", "4711");
		page.dispatchEvent(new Event("pagehide"));
		expect(sent).toMatchObject([{ method: "PATCH", body: { values: { order: "4711" } } }]);
		clock.advance(5000);
		page.dispatchEvent(new Event("pagehide"));
		expect(sent).toHaveLength(1);
	});

	it("was lost when the server was away: it is tried again, and said until it is there", async () => {
		await open();
		refuse = new ApiError(0, { message: "away" });
		await script.change("order", "4711");
		clock.advance(500);
		await expect.poll(() => script.unsaved.value).toBe(true);
		refuse = undefined;
		clock.advance(2000);
		await expect.poll(() => script.unsaved.value).toBe(false);
		expect(sent.at(-1)).toMatchObject({ body: { values: { order: "4711" } } });
	});

	it("another panel's page is shown, and what is being typed here stands", async () => {
		await open();
		await script.change("order", "typed");
		const eventBody = {
			conversationId: "c1",
			pageId: "two",
			values: { order: "theirs" },
			revision: 7,
			panelId: "other",
		};
		news.value = { topicName: "v2.inlay.scripts.anna", eventBody };
		expect([script.pageId.value, script.values.value.order]).toEqual(["two", "typed"]);
		news.value = { topicName: "v2.inlay.scripts.anna", eventBody: { ...eventBody, pageId: "one", revision: 6 } };
		expect(script.pageId.value).toBe("two");
	});

	it("a page for after-call work opens by itself when it begins", async () => {
		await open();
		now.value = { ...call, state: "disconnected", needsWrapup: true };
		await expect.poll(() => script.pageId.value).toBe("wrap");
		clock.advance(500);
		expect(sent, "whoever took the call over began at its end").toEqual([]);
		script.dispose();
		await open();
		expect(script.pageId.value, "and after a reload it is there again").toBe("wrap");
	});

	it("SC-6 a transfer without the right names the permission, and sends nothing", async () => {
		await open();
		may = (permission) => !permission.startsWith("conversation:communication:blindTransfer");
		const toSales = { kind: "blindTransfer", to: { kind: "queue", queueId: "sales" } } as const;
		await script.press("To Sales", [toSales, { kind: "changePage", pageId: "two" }]);
		expect(script.said.value).toContain("conversation:communication:blindTransferQueue");
		expect([transfers, script.pageId.value]).toEqual([[], "one"]);
		may = () => true;
		await script.press("To Sales", [toSales]);
		expect(transfers).toEqual([{ queueId: "sales" }]);
	});

	it("SC-8 a button puts the number of a campaign call onto the DNC list, for who may", async () => {
		await open();
		may = (permission) => permission !== "outbound:dnc:add";
		await script.press("Never again", [{ kind: "doNotCall" }, { kind: "changePage", pageId: "two" }]);
		expect([sent, script.pageId.value]).toEqual([[], "one"]);
		expect(script.said.value).toContain("outbound:dnc:add");
		may = () => true;
		await script.press("Never again", [{ kind: "doNotCall" }, { kind: "changePage", pageId: "two" }]);
		expect(sent).toMatchObject([{ method: "POST /outbound/conversations/c1/dnc" }]);
		expect(script.pageId.value).toBe("two");
	});

	it("the campaign's contact is corrected by a press, and by a step for who may; what is typed meanwhile stays typed", async () => {
		now.value = { ...call, campaign: { id: "k" } } as unknown as LiveInteraction;
		await open();
		await expect.poll(() => script.contact.shown).toEqual({ columns: { city: "Bonn", key: "4711" }, mayEdit: true });
		script.contact.type("city", "Berlin");
		const saving = script.saveContact(["city"]);
		script.contact.type("key", "4712");
		await saving;
		expect(sent).toMatchObject([{ method: "PATCH", body: { columns: { city: "Berlin" } } }]);
		expect([script.lookup(call)("Outbound.city"), script.contact.typed.value]).toEqual(["Berlin", { key: "4712" }]);
		const step = [{ kind: "updateContact", columns: [{ name: "city", value: "{{Participant.tier}}" }] }] as const;
		may = (permission) => permission !== "outbound:contact:edit";
		await script.press(
			"Keep",
			step.map((one) => ({ ...one, columns: [...one.columns] })),
		);
		expect([sent.length, script.said.value?.includes("outbound:contact:edit")]).toEqual([1, true]);
		may = () => true;
		await script.press(
			"Keep",
			step.map((one) => ({ ...one, columns: [...one.columns] })),
		);
		expect(sent.at(-1)).toMatchObject({ body: { columns: { city: "gold" } } });
		now.value = call;
		script.dispose();
		await open();
		script.said.value = undefined;
		await script.press("Keep", [{ kind: "updateContact", columns: [{ name: "city", value: "x" }] }]);
		expect(script.said.value, "an interaction of no campaign").toContain("campaign");
		expect(sent).toHaveLength(2);
	});

	it("a contact that was not there yet was written over with nothing, also by what the script does as it opens", async () => {
		now.value = { ...call, campaign: "call" } as unknown as LiveInteraction;
		const keep = (value: string) => [{ kind: "updateContact", columns: [{ name: "key", value }] }] as ScriptStep[];
		document.onLoad = keep("was {{Outbound.city}}");
		isNew = true;
		refuseContact = new ApiError(503, {});
		await open();
		await expect.poll(() => script.contact.why.value).toBeDefined();
		await script.press("Keep", keep("{{Outbound.city}}"));
		expect(script.said.value).toContain("Try again");
		await script.press("Set", [{ kind: "setVariable", variable: "order", value: "Outbound.city" }]);
		expect([sent.length, script.values.value.order]).toEqual([0, ""]);
		refuseContact = undefined;
		await script.loadAgain();
		expect(sent).toMatchObject([{ method: "PATCH", body: { columns: { key: "was Bonn" } } }]);
		script.dispose();
		isNew = false;
		may = (permission) => permission !== "outbound:contact:view";
		await open();
		await script.press("Keep", keep("{{Outbound.city}}"));
		expect([sent.length, script.said.value?.includes("outbound:contact:view")]).toEqual([1, true]);
	});

	it("what was typed for the contact was lost when the row was folded; taken back, it hid a newer value", async () => {
		now.value = { ...call, campaign: "call" } as unknown as LiveInteraction;
		await open();
		await expect.poll(() => script.contact.shown).toBeDefined();
		script.contact.type("city", "Berlin");
		script.contact.type("key", "4712");
		script.contact.type("key", "4711");
		script.dispose();
		await open();
		expect(script.contact.typed.value).toEqual({ city: "Berlin" });
		await expect.poll(() => script.contact.shown).toBeDefined();
		script.contact.type("city", "Bonn");
		expect([script.contact.typed.value, onDesk.get("c1,contact")]).toEqual([{}, null]);
	});

	it("the CRM's script is told what the agent's script opens, and what it wants to be looked for", async () => {
		await open();
		await script.press("Look", [
			{ kind: "screenPop", searchString: "{{Participant.tier}}", again: true },
			{ kind: "openAddress", address: "https://crm.example/?q={{Participant.tier}}" },
		]);
		expect(popped).toEqual([
			[{ id: "c1", searchString: "gold", page: "one" }, true],
			"https://crm.example/?q=gold",
			[{ id: "c1", url: "https://crm.example/?q=gold", page: "one" }, false],
		]);
	});

	it("a button asks a web service with what is entered, and its answer becomes a value; for who may", async () => {
		await open();
		await script.change("order", "4711");
		const inputs = [{ name: "id", value: "{{order}}" }];
		const outputs = [{ name: "total", variable: "order" }];
		const step = { kind: "callService", serviceId: "orders", inputs, outputs } as const;
		may = (permission) => permission !== "integrations:action:execute";
		await script.press("Look up", [step]);
		expect([sent, script.said.value?.includes("integrations:action:execute")]).toEqual([[], true]);
		may = () => true;
		await script.press("Look up", [step]);
		const path = "/inlay/scripts/interactions/c1/services/orders";
		expect(sent).toMatchObject([{ method: `POST ${path}`, body: { inputs: { id: "4711" } } }]);
		expect(script.values.value.order).toBe("12 items");
	});

	it("a button puts a canned response into the answer, or says it where there is a call", async () => {
		const insert = [{ kind: "insertResponse", responseId: "hello" }] as const;
		now.value = { ...call, remoteName: "Clara" };
		await open();
		may = (permission) => permission !== "responses:response:view";
		await script.press("Greet", insert);
		expect(script.said.value).toContain("responses:response:view");
		may = () => true;
		await script.press("Greet", insert);
		expect(script.said.value, "what is not known stays to be seen").toBe("Hello Clara, {{order}}");
		expect(sent).toMatchObject([{ method: "POST /api/inlay/v1/responses/hello/uses", body: { conversationId: "c1" } }]);

		now.value = { ...call, media: "message", remoteName: "Clara" };
		script.said.value = undefined;
		await script.press("Greet", insert);
		expect(script.said.value, "nothing is being written").toContain("Greet");
		const written: string[] = [];
		const place = { put: ({ text }: { text: string }) => void written.push(text) } as unknown as WritingPlace;
		const leave = writingPlaces.keep("c1", place);
		script.said.value = undefined;
		await script.press("Greet", insert);
		expect([written, script.said.value]).toEqual([["Hello Clara, {{order}}"], undefined]);

		now.value = { ...call, media: "email" };
		await script.press("Greet", insert);
		expect(script.said.value, "none of another medium").toContain("Greet");
		expect(written).toHaveLength(1);
		leave();
	});

	it("SC-7 without the right there is none", async () => {
		refuse = new ApiError(403, { code: "missing.division.permission" });
		await open();
		expect([script.view.value, script.failed.value]).toEqual([null, false]);
	});

	it("one that does not load leaves the interaction alone, and is loaded by a press", async () => {
		refuse = new ApiError(503, {});
		await open();
		expect(script.failed.value).toBe(true);
		refuse = undefined;
		await script.load();
		expect([script.failed.value, script.pageId.value]).toEqual([false, "one"]);
	});
});
