import { arrange, type UiAddition, type UiPartRules } from "@inlay/contract";
import { normalPresence, type PresenceChoice, presenceMeant } from "../../session/presence-store.ts";
import { statusTexts, t } from "./strings.ts";

/** Statuses that the server sets by itself; choosing them by hand would be overwritten. */
const automatic = new Set(["IDLE"]);

const order = [
	"ON_QUEUE",
	"AVAILABLE",
	"BUSY",
	"AWAY",
	"BREAK",
	"MEAL",
	"MEETING",
	"TRAINING",
	"OUT_OF_OFFICE",
	"OFFLINE",
];

/** What the agent may choose, On Queue first, each system status followed by the organization's own beneath it. */
export function offeredStatuses(choices: readonly PresenceChoice[], mayQueue: boolean): PresenceChoice[] {
	const rank = (choice: PresenceChoice) => {
		const at = order.indexOf(choice.system);
		return (at < 0 ? order.length : at) * 2 + (choice.primary ? 0 : 1);
	};
	return choices
		.filter((choice) => !automatic.has(choice.system) && (mayQueue || choice.system !== "ON_QUEUE"))
		.toSorted((a, b) => rank(a) - rank(b));
}

/** The name of a status: the panel's own for system statuses, the organization's label for its own. */
export function statusName(choice: PresenceChoice | undefined, system: string, language: string): string {
	if (choice && !choice.primary) return choice.label(language) ?? choice.system;
	if (system in statusTexts.en) return t(system as keyof typeof statusTexts.en);
	return choice?.label(language) ?? t("unknown");
}

/** One line of the status menu: the organization's, or one that the script adds. */
export interface StatusEntry {
	id: string;
	text: string;
	system: string;
	choice?: PresenceChoice;
	added?: UiAddition;
}

/** The menu as the script's policy has it; statuses that it adds stand last unless it orders them. */
export function statusEntries(offered: readonly PresenceChoice[], rules: UiPartRules, language: string): StatusEntry[] {
	const own = offered.map((choice): StatusEntry => {
		const text = statusName(choice, choice.system, language);
		return { id: choice.id, text, system: choice.system, choice };
	});
	const added = rules.add.map((each): StatusEntry => {
		const choice = presenceMeant(offered, each.status);
		return { id: each.id, text: each.text, system: choice?.system ?? normalPresence(each.status), added: each };
	});
	// A system's name means the system's own status, and not those that the organization put beneath it.
	const names = ({ id, text, choice }: StatusEntry) => [id, text, choice?.primary ? choice.system : undefined];
	const arranged = arrange([...own, ...added], rules, names);
	// A policy that hides all would leave nobody a way to go on queue or home.
	if (arranged.length === 0) return own;
	return arranged.map(({ item, text }) => (text === undefined ? item : { ...item, text }));
}

export type StatusTone = "good" | "warn" | "bad" | "quiet";

/** The colour of a status' dot; the name always stands beside it. */
export function statusTone(system: string, notResponding: boolean): StatusTone {
	if (notResponding) return "bad";
	if (system === "ON_QUEUE" || system === "AVAILABLE") return "good";
	if (system === "BUSY" || system === "MEETING" || system === "TRAINING") return "bad";
	return system === "OFFLINE" || system === "" ? "quiet" : "warn";
}
