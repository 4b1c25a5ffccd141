import { mayCobrowse } from "../cobrowse/session.ts";
import type { CallControl } from "../framework/names.ts";
import { arrange, type UiPolicy, uiRulesFor } from "../framework/ui-policy.ts";
import { scopesAllow } from "../platform/scopes.ts";
import { type AgentPermissionRow, agentPermissionRows, type FeatureId } from "./agent-permissions.ts";
import { featureIds } from "./features.ts";
import { holdsPermission } from "./match.ts";

/**
 * Where the panel shows what a row of the guide's table opens. `nowhere`: this panel has nothing of it yet, whatever somebody
 * holds; a test in the client holds this against the panel's own menu, cards and controls.
 */
export type PanelPlaceId =
	| "panel"
	| "menu"
	| "inbox"
	| "card"
	| "control"
	| "status"
	| "settings"
	| "new"
	| "targets"
	| "nowhere";

interface PanelPart {
	place: PanelPlaceId;
	/** Any one of these scopes of a token opens what it asks the server for. */
	scopes: readonly string[];
	/** All that a script's policy may call its entry in the menu, or its control. */
	menu?: readonly string[];
	control?: CallControl;
	/** Where one permission of the row does not suffice. */
	opens?: (holds: (permission: string) => boolean) => boolean;
}

const nothingYet = (...scopes: string[]): PanelPart => ({ place: "nowhere", scopes });
const onCards = (scope: string, opens?: PanelPart["opens"]): PanelPart => ({
	...{ place: "card", scopes: [scope] },
	...(opens ? { opens } : {}),
});
const byCall: PanelPart["opens"] = (holds) => mayCobrowse("Call", holds);
const byMessage: PanelPart["opens"] = (holds) => mayCobrowse("Message", holds);

/** By feature and the row's first permission. */
const parts: Readonly<Record<string, PanelPart>> = {
	"screen-share acdScreenShare:session:view": onCards("conversations"),
	"evaluations analytics:conversationAggregate:view": nothingYet("quality:readonly"),
	"statistics analytics:conversationAggregate:view": nothingYet("analytics:readonly"),
	"statistics analytics:queueObservation:view": { place: "targets", scopes: ["routing:readonly"] },
	"statistics analytics:userAggregate:view": nothingYet("analytics:readonly"),
	"cobrowse cobrowse:chat:escalate": onCards("conversations", byMessage),
	"cobrowse cobrowse:session:view": onCards(
		"conversations",
		(holds) => mayCobrowse("Call", holds) || mayCobrowse("Message", holds),
	),
	"cobrowse cobrowse:voice:escalate": onCards("conversations", byCall),
	"call-controls conversation:call:record": { place: "control", scopes: ["conversations"], control: "record" },
	"call-forwarding conversation:callForwarding:edit": { place: "settings", scopes: ["users"] },
	"callbacks conversation:callback:create": {
		...{ place: "menu", scopes: ["conversations"] },
		menu: ["callbacks", "callback", "Callback"],
	},
	"cobrowse conversation:cobrowse:add": onCards("conversations", byMessage),
	"email conversation:email:create": { place: "new", scopes: ["conversations"], menu: newInteraction() },
	"sms conversation:message:create": { place: "new", scopes: ["conversations"], menu: newInteraction() },
	"client integration:customEmbeddableFramework:agent": { place: "panel", scopes: ["user-basic-info"] },
	"screen-pop outbound:contact:view": onCards("outbound:readonly"),
	"evaluations quality:evaluation:editAgentSignoff": nothingYet("quality"),
	"evaluations quality:evaluation:edit": nothingYet("quality"),
	"evaluations quality:evaluation:view": nothingYet("quality:readonly"),
	"statuses routing:agent:onqueue": { place: "status", scopes: ["presence"] },
	"queues routing:queue:join": {
		...{ place: "menu", scopes: ["routing:readonly"] },
		menu: ["queue-activation", "queueActivation", "Queue activation"],
	},
	"scripts scripter:publishedScript:view": onCards("scripts:readonly"),
	"voicemails voicemail:voicemail:receive": {
		...{ place: "inbox", scopes: ["voicemail"] },
		menu: ["inbox", "userInbox", "Inbox"],
	},
	"scheduling wfm:agentSchedule:view": nothingYet("workforce-management:readonly"),
	"scheduling wfm:agentShiftTradeRequest:participate": nothingYet("workforce-management"),
	"scheduling wfm:agentTimeOffRequest:submit": nothingYet("workforce-management"),
	"scheduling wfm:shiftTradeRequest:edit": nothingYet("workforce-management"),
};

function newInteraction(): readonly string[] {
	return ["new-interaction", "newInteraction", "Dial"];
}

/** What a script's settings say, as far as they decide what is shown. */
export interface ShownSettings {
	callControls: readonly CallControl[];
	ui: UiPolicy;
}

/** All that decides what one agent's panel shows. */
export interface PanelFacts {
	/** Wildcards allowed. */
	permissions: readonly string[];
	/** Scopes of the panel's own token, and of the one that scripts get; `null` where scopes are not enforced. */
	panelScopes: readonly string[] | null;
	scriptScopes: readonly string[] | null;
	/** Undefined where the script's text does not say, or there is none: the panel's defaults hold. */
	settings: ShownSettings | undefined;
	/** Ids and names of the agent's groups: rules of a script may be for some. */
	groups: readonly string[];
	/** The panel opens for the agent at all. */
	opens: boolean;
}

/** One row of the guide's table, as it is for one agent. */
export interface RowVerdict {
	row: AgentPermissionRow;
	/** Permissions of the row that are held. */
	held: readonly string[];
	place: PanelPlaceId;
	scopes: readonly string[];
	panelScope: boolean;
	scriptScope: boolean;
	/** What of the script's settings takes it away. */
	hiddenBy?: "callControls" | "ui.callControls" | "ui.menu" | "ui.statuses";
	/** Another permission is needed beside the row's own. */
	incomplete: boolean;
	shown: boolean;
}

/** A feature: it shows where any of its rows does. */
export interface FeatureVerdict {
	feature: FeatureId;
	permitted: boolean;
	shown: boolean;
	rows: readonly RowVerdict[];
}

/** What one agent's panel shows of the sixteen features, and what each is due to. */
export function panelVerdict(facts: PanelFacts): FeatureVerdict[] {
	const rows = agentPermissionRows.map((row) => rowVerdict(row, facts));
	return featureIds.map((feature) => {
		const own = rows.filter((one) => one.row.feature === feature);
		return {
			feature,
			permitted: own.some(({ held }) => held.length > 0),
			shown: own.some(({ shown }) => shown),
			rows: own,
		};
	});
}

function rowVerdict(row: AgentPermissionRow, facts: PanelFacts): RowVerdict {
	const part = parts[`${row.feature} ${row.permissions[0]}`] ?? nothingYet();
	const holds = (permission: string) => holdsPermission(facts.permissions, permission);
	const held = row.permissions.filter(holds);
	const incomplete = held.length > 0 && part.opens?.(holds) === false;
	const panelScope = allows(facts.panelScopes, part.scopes);
	const hiddenBy = hiding(part, facts);
	const isOpen = facts.opens && held.length > 0 && !incomplete && panelScope;
	return {
		...{ row, held, place: part.place, scopes: part.scopes, panelScope, incomplete },
		scriptScope: allows(facts.scriptScopes, part.scopes),
		...(hiddenBy ? { hiddenBy } : {}),
		shown: isOpen && hiddenBy === undefined && part.place !== "nowhere",
	};
}

function allows(held: readonly string[] | null, wanted: readonly string[]): boolean {
	return held === null || scopesAllow(held, wanted);
}

function hiding(part: PanelPart, { settings, groups }: PanelFacts): RowVerdict["hiddenBy"] {
	if (!settings) return undefined;
	const rules = uiRulesFor(settings.ui, groups);
	const isLeftOut = (rule: "menu" | "callControls" | "statuses", names: readonly string[]) =>
		arrange([names], rules[rule], (each) => each).length === 0;
	if (part.menu && isLeftOut("menu", part.menu)) return "ui.menu";
	if (part.place === "status" && isLeftOut("statuses", ["ON_QUEUE", "On Queue"])) return "ui.statuses";
	if (!part.control) return undefined;
	if (!settings.callControls.includes(part.control)) return "callControls";
	return isLeftOut("callControls", [part.control]) ? "ui.callControls" : undefined;
}
