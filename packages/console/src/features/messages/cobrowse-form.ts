import { linesOf } from "../../session/lines.ts";
/** What customers may show of the pages in which a messenger stands, as the server has it (agent-features 12). */
export interface CobrowseSettings {
	channels: Array<"voice" | "webmessaging">;
	allowAgentControl: boolean;
	allowAgentNavigation: boolean;
	allowDraw: boolean;
	showPath: boolean;
	/** Absent in what was kept before there was such a setting. */
	outlivesCall?: boolean;
	maskSelectors: string[];
	readonlySelectors: string[];
	pauseCriteria: Array<{ urlFragment: string; condition: PauseCondition }>;
}

const pauseConditions = ["includes", "does_not_include", "starts_with", "ends_with", "equals"] as const;
type PauseCondition = (typeof pauseConditions)[number];

export const cobrowseWays = ["off", "voice", "webmessaging", "both"] as const;
export type CobrowseWay = (typeof cobrowseWays)[number];

/** The same in a form: texts as they are typed. */
export interface CobrowseForm {
	cobrowseBy: CobrowseWay;
	agentControl: "on" | "off";
	agentNavigation: "on" | "off";
	drawing: "on" | "off";
	showPath: "on" | "off";
	outlivesCall: "on" | "off";
	/** One a line. */
	maskSelectors: string;
	readonlySelectors: string;
	/** One a line: `includes /account`. */
	pauses: string;
}

const fresh: CobrowseSettings = {
	...{ channels: [], allowAgentControl: true, allowAgentNavigation: false, allowDraw: true, showPath: false },
	...{ maskSelectors: [], readonlySelectors: [], pauseCriteria: [] },
};

/** @param settings absent in what was kept before there was any */
export function cobrowseFormOf(settings: CobrowseSettings = fresh): CobrowseForm {
	const { channels, allowAgentControl, allowAgentNavigation, allowDraw, showPath } = settings;
	const [first = "off"] = channels;
	return {
		cobrowseBy: channels.length > 1 ? "both" : first,
		agentControl: allowAgentControl ? "on" : "off",
		agentNavigation: allowAgentNavigation ? "on" : "off",
		drawing: allowDraw ? "on" : "off",
		showPath: showPath ? "on" : "off",
		outlivesCall: settings.outlivesCall ? "on" : "off",
		maskSelectors: settings.maskSelectors.join("\n"),
		readonlySelectors: settings.readonlySelectors.join("\n"),
		pauses: settings.pauseCriteria.map(({ condition, urlFragment }) => `${condition} ${urlFragment}`).join("\n"),
	};
}

/** What is sent. Only for a form without problems. */
export function cobrowseBodyOf(form: CobrowseForm): CobrowseSettings {
	const { cobrowseBy } = form;
	return {
		channels: cobrowseBy === "both" ? ["voice", "webmessaging"] : cobrowseBy === "off" ? [] : [cobrowseBy],
		allowAgentControl: form.agentControl === "on",
		allowAgentNavigation: form.agentNavigation === "on",
		allowDraw: form.drawing === "on",
		showPath: form.showPath === "on",
		outlivesCall: form.outlivesCall === "on",
		maskSelectors: linesOf(form.maskSelectors),
		readonlySelectors: linesOf(form.readonlySelectors),
		pauseCriteria: linesOf(form.pauses).flatMap((line) => pauseOf(line) ?? []),
	};
}

/** @param isSelector whether this browser reads it; what it does not is no selector for customers' browsers either */
export function cobrowseProblems(form: CobrowseForm, isSelector = readsSelector): Array<keyof CobrowseForm> {
	const wrong: Array<[keyof CobrowseForm, boolean]> = [
		["maskSelectors", !linesOf(form.maskSelectors).every(isSelector)],
		["readonlySelectors", !linesOf(form.readonlySelectors).every(isSelector)],
		["pauses", linesOf(form.pauses).map(pauseOf).includes(undefined)],
	];
	return wrong.filter(([, isWrong]) => isWrong).map(([field]) => field);
}

function pauseOf(line: string): CobrowseSettings["pauseCriteria"][number] | undefined {
	const [, word, urlFragment = ""] = /^(\S+)\s+(\S.*)$/.exec(line) ?? [];
	const condition = pauseConditions.find((one) => one === word);
	return condition && urlFragment.length <= 500 ? { condition, urlFragment } : undefined;
}

function readsSelector(selector: string): boolean {
	if (typeof document === "undefined") return true;
	try {
		document.createDocumentFragment().querySelector(selector);
		return selector.length <= 300;
	} catch {
		return false;
	}
}
