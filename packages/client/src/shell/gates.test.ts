import { agentPermissionRows, CALL_CONTROLS, defaultFrameworkConfig } from "@inlay/contract";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { controlsFor } from "../features/interactions/controls.ts";
import { offeredStatuses } from "../features/statuses/status-list.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { PresenceChoice } from "../session/presence-store.ts";
import { featuresFor } from "./features.ts";
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
