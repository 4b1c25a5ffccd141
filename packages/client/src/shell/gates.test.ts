import { agentPermissionRows, arrange, CALL_CONTROLS, defaultFrameworkConfig, uiRulesFor } from "@inlay/contract";
import { readFrameworkConfig } from "@inlay/contract/framework-config";
import { type PanelFacts, panelVerdict } from "@inlay/contract/panel-parts";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { controlsFor } from "../features/interactions/controls.ts";
import { offeredStatuses } from "../features/statuses/status-list.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { PresenceChoice } from "../session/presence-store.ts";
import { allFeatures, featuresFor } from "./features.ts";
import { cardsFor } from "./lazy-card.tsx";
import type { Workspace } from "./workspace.ts";

type Can = (permission: string) => boolean;

const call: LiveInteraction = {
	id: "c",
	participantId: "p",
	communicationId: "k",
	media: "call",
	queueId: "support",
	direction: "inbound",
	state: "connected",
	held: false,
	muted: false,
	recording: "none",
	securePause: false,
	remoteName: "Ada",
	remoteAddress: "",
	needsWrapup: false,
	flagged: false,
	afterCallWorkAsked: false,
	source: { id: "c" },
};

/** Whether a feature has its place in the panel. */
const feature = (id: string) => (can: Can) =>
	featuresFor({ config: signal(defaultFrameworkConfig()), can } as unknown as Workspace).some((one) => one.id === id);

const controls = (can: Can) => controlsFor(call, CALL_CONTROLS, can);
const onQueue = { id: "q", system: "ON_QUEUE", primary: true } as PresenceChoice;

/** What each row of the guide's table that this panel knows opens there; the server's side is in every-route.guards.test.ts. */
const gates: Readonly<Record<string, (can: Can) => boolean>> = {
	"conversation:call:record": (can) =>
		controls(can).some((one) => one.control === "record" && one.missing === undefined),
	"conversation:callback:create": (can) =>
		feature("callbacks")(can) && controls(can).some((one) => one.control === "scheduleCallback"),
	"routing:agent:onqueue": (can) => offeredStatuses([onQueue], can("routing:agent:onqueue")).length > 0,
	"routing:queue:join": feature("queue-activation"),
	"voicemail:voicemail:receive": feature("inbox"),
};

/** Rows that open something else than a place in the panel, or whose feature has tests of its own or is yet to come. */
const elsewhere: ReadonlySet<string> = new Set([
	"acdScreenShare",
	"analytics",
	"cobrowse",
	"conversation:callForwarding",
	"conversation:cobrowse",
	"conversation:email",
	"conversation:message",
	"integration",
	"outbound",
	"quality",
	"scripter",
	"wfm",
]);

describe("a permission of the guide's table", () => {
	it("had no gate in the panel", () => {
		const open = agentPermissionRows
			.flatMap((row) => row.permissions)
			.filter((permission) => !(permission in gates))
			.filter((permission) => ![...elsewhere].some((domain) => permission.startsWith(`${domain}:`)));
		expect(open).toEqual([]);
	});

	it.each(Object.entries(gates))("%s opened its place without it, or not with it", (permission, isOpen) => {
		expect(agentPermissionRows.some((row) => row.permissions.includes(permission))).toBe(true);
		expect(isOpen(() => true)).toBe(true);
		expect(isOpen((asked) => asked !== permission)).toBe(false);
	});

	it("QA-1 without routing:queue:join the menu has no Queue Activation", () => {
		const views = featuresFor({
			config: signal(defaultFrameworkConfig()),
			can: (asked: string) => asked !== "routing:queue:join",
		} as unknown as Workspace);
		expect(views.map((one) => one.id)).toContain("statuses");
		expect(views.map((one) => one.id)).not.toContain("queue-activation");
	});
});

it("CH-5: without enableCallHistory there is no entry, and nothing shows it", () => {
	const withHistory = (enableCallHistory: boolean) => {
		const config = defaultFrameworkConfig();
		config.settings.enableCallHistory = enableCallHistory;
		return featuresFor({ config: signal(config), can: () => true } as unknown as Workspace).map(({ id }) => id);
	};
	expect(withHistory(false)).not.toContain("call-history");
	expect(withHistory(true)).toContain("call-history");
});

describe("what the console says of the panel", () => {
	const customer = {
		...{ id: "x", purpose: "customer", calls: [{ provider: "Inlay Web", state: "connected" }] },
		messages: [{ type: "webmessaging", state: "connected" }],
	};
	const web = { ...call, outsideId: "x", source: { id: "c", participants: [customer] } } as unknown as LiveInteraction;
	const direct: LiveInteraction = { ...call, state: "alerting" };
	delete direct.queueId;
	const shown = [web, { ...web, media: "message" } as LiveInteraction, direct];

	/** All that an agent sees by what they may do. */
	function panel(can: Can, config = defaultFrameworkConfig()): string {
		const workspace = { config: signal(config), can, agreeing: signal(undefined) } as unknown as Workspace;
		const rules = uiRulesFor(config.settings.ui, []);
		const features = featuresFor(workspace);
		const views = features.flatMap(({ id, entry }) =>
			entry.place === "view" ? [{ id, name: entry.name, title: entry.title() }] : [],
		);
		const menu = arrange(views, rules.menu, ({ id, name, title }) => [id, name, title]).map(({ item }) => item.id);
		const cards = shown.map((one) => allFeatures.filter(({ card }) => card?.shows(one, workspace)).map(({ id }) => id));
		const usable = controlsFor(web, config.settings.callControls, can).filter(({ missing }) => missing === undefined);
		const offered = arrange(usable, rules.callControls, ({ control }) => [control]).map(({ item }) => item.control);
		const statuses = arrange(offeredStatuses([onQueue], can("routing:agent:onqueue")), rules.statuses, ({ system }) => [
			system,
		]);
		return JSON.stringify([menu, cards, offered, statuses.length]);
	}

	/** Rows that open what is not among these: the panel itself, how queues stand in a search, a contact in a card. */
	const others: ReadonlySet<string> = new Set(["client", "statistics analytics:queueObservation:view", "screen-pop"]);
	const facts = (permissions: string[], more: Partial<PanelFacts> = {}): PanelFacts => ({
		...{ permissions, panelScopes: null, scriptScopes: null, settings: undefined, groups: [], opens: true, ...more },
	});
	const rowOf = (index: number, of: PanelFacts) => {
		const row = agentPermissionRows[index];
		return panelVerdict(of)
			.flatMap(({ rows }) => rows)
			.find((one) => one.row === row);
	};
	const cases = agentPermissionRows.flatMap((row, index) =>
		row.permissions.map((permission) => ({ name: `${row.feature} ${permission}`, row, index, permission })),
	);

	it.each(cases)("was not what the panel shows: $name", ({ name, row, index, permission }) => {
		const verdict = rowOf(index, facts([permission]));
		expect(verdict?.held).toEqual([permission]);
		if (others.has(row.feature) || others.has(name)) return expect(verdict?.shown).toBe(true);
		const isSeen = panel((asked) => asked === permission) !== panel(() => false);
		// One permission stands in two rows: what it opens is the one's, and nothing of the other's is there.
		expect(verdict?.shown, verdict?.place).toBe(isSeen);
		expect(rowOf(index, facts([]))?.shown).toBe(false);
	});

	it("co-browsing takes two permissions, and the console said that one was enough", () => {
		const both = ["cobrowse:voice:escalate", "cobrowse:session:view"];
		const feature = (permissions: string[]) =>
			panelVerdict(facts(permissions)).find((one) => one.feature === "cobrowse")?.shown;
		const isSeen = (permissions: string[]) => panel((asked) => permissions.includes(asked)) !== panel(() => false);
		for (const held of [both, ...both.map((one) => [one])]) expect(feature(held), held.join()).toBe(isSeen(held));
		expect(feature(both)).toBe(true);
	});

	it.each([
		["routing:queue:join", { ui: { hide: { menu: ["queueActivation"] } } }, "ui.menu"],
		["conversation:email:create", { ui: { hide: { menu: ["newInteraction"] } } }, "ui.menu"],
		["conversation:call:record", { callControls: ["hold"] }, "callControls"],
		["conversation:call:record", { ui: { hide: { callControls: ["record"] } } }, "ui.callControls"],
		["routing:agent:onqueue", { ui: { hide: { statuses: ["ON_QUEUE"] } } }, "ui.statuses"],
	])("%s is hidden by the script's %j, here and there", (permission, given, hiddenBy) => {
		const { config } = readFrameworkConfig({ name: "a", settings: given });
		const index = agentPermissionRows.findIndex((row) => row.permissions.includes(permission));
		expect(rowOf(index, facts([permission], { settings: config.settings }))).toMatchObject({ shown: false, hiddenBy });
		expect(panel((asked) => asked === permission, config)).toBe(panel(() => false, config));
	});
});

it("a preview's countdown and what stops it stood below its script", () => {
	const workspace = {
		config: signal(defaultFrameworkConfig()),
		can: () => true,
		agreeing: signal(undefined),
	} as unknown as Workspace;
	const cards = (news: object) =>
		cardsFor(workspace, { ...call, campaign: "preview", media: "callback", ...news } as LiveInteraction);
	const order = (news: object) => cards(news).map(({ id }) => id);
	expect(order({})[0]).toBe("outbound");
	const called = order({ call: { state: "dialing" } });
	expect(called.indexOf("outbound"), "while they talk the script is before it").toBeGreaterThan(
		called.indexOf("script"),
	);
});
