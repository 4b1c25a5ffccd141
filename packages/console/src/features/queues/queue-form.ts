import { isWhole } from "../recording/policy-form.ts";
import {
	type AfterOwner,
	type CallbackForm,
	type CallbackSettings,
	callbackBodyOf,
	callbackFormOf,
	callbackProblems,
} from "./callback-form.ts";
import { bullseyeOf, type Ring, ringsAreWrong, ringsOf } from "./rings-form.ts";

export const scoringMethods = ["TimestampAndPriority", "PriorityOnly"] as const;
export const skillMethods = ["ALL", "BEST", "NONE"] as const;
export const wrapupPrompts = [
	"OPTIONAL",
	"MANDATORY",
	"MANDATORY_TIMEOUT",
	"MANDATORY_FORCED_TIMEOUT",
	"AGENT_REQUESTED",
] as const;
type WrapupPrompt = (typeof wrapupPrompts)[number];

/** `Queue` of the platform, as far as its page shows it. */
export interface QueueThing {
	id: string;
	name: string;
	description?: string;
	division?: { id: string; name?: string };
	memberCount?: number;
	scoringMethod: (typeof scoringMethods)[number];
	lastAgentRoutingMode?: string;
	enableTranscription?: boolean;
	inlayTranscriptionLanguage?: string;
	skillEvaluationMethod: (typeof skillMethods)[number];
	acwSettings: { wrapupPrompt: WrapupPrompt; timeoutMs?: number };
	agentOwnedRouting?: {
		enableAgentOwnedCallbacks: boolean;
		maxOwnedCallbackHours: number;
		maxOwnedCallbackDelayHours: number;
		inlayAfterOwner?: AfterOwner;
	};
	mediaSettings: {
		call?: {
			alertingTimeoutSeconds?: number;
			serviceLevel?: { percentage?: number; durationMs?: number };
			inlayTellCallers?: TellCallers;
			inlayTellCallersSeconds?: number;
		};
		callback?: CallbackSettings;
	};
	defaultScripts?: Readonly<Record<string, { id: string }>>;
	inlayUtilizationLabel?: { id: string };
	bullseye?: { rings?: readonly Ring[] };
}

/** The scripts of a queue, by medium, as its form has them. */
export const scriptFields = ["scriptCall", "scriptCallback", "scriptEmail", "scriptMessage"] as const;
const mediumOf = {
	...{ scriptCall: "CALL", scriptCallback: "CALLBACK", scriptEmail: "EMAIL", scriptMessage: "MESSAGE" },
} as const;

/** Who comes again is offered to the agent who had them last: who writes, who calls as well, or nobody. */
export const lastAgents = ["written", "QueueMembersOnly", "Disabled"] as const;
type LastAgent = (typeof lastAgents)[number];

/** What callers who wait are told of how they stand. */
export const tellCallers = ["no", "place", "placeAndWait"] as const;
type TellCallers = (typeof tellCallers)[number];

export interface QueueForm extends CallbackForm, Record<(typeof scriptFields)[number], string> {
	/** What is shown in media that the form does not have. */
	otherScripts: string;
	name: string;
	description: string;
	scoringMethod: QueueThing["scoringMethod"];
	lastAgent: LastAgent;
	/** The utilization label of what comes in; empty: none. */
	label: string;
	/** Its rings (bullseye), as `rings-form.ts` reads them. */
	rings: string;
	skillEvaluationMethod: QueueThing["skillEvaluationMethod"];
	alertingSeconds: string;
	percentage: string;
	withinSeconds: string;
	/** What is said is turned into text, and which language is spoken; empty: the organization's first. */
	transcribes: boolean;
	spokenLanguage: string;
	tellCallers: TellCallers;
	tellCallersSeconds: string;
	wrapupPrompt: WrapupPrompt;
	timeoutSeconds: string;
}

export const newQueue: QueueThing = {
	id: "",
	name: "",
	scoringMethod: "TimestampAndPriority",
	skillEvaluationMethod: "ALL",
	acwSettings: { wrapupPrompt: "OPTIONAL" },
	mediaSettings: {},
};

/** What the server does where nothing is set: alerting as it says, the rest as the platform has it. */
const defaults = { alertingSeconds: 15, percentage: 80, withinMs: 20_000, timeoutMs: 60_000, tellCallersSeconds: 60 };

export function queueFormOf(queue: QueueThing): QueueForm {
	const { name, description = "", scoringMethod, skillEvaluationMethod, acwSettings, mediaSettings } = queue;
	const { alertingTimeoutSeconds, serviceLevel, inlayTellCallers, inlayTellCallersSeconds } = mediaSettings.call ?? {};
	// The platform's percentage is a share of one.
	const percentage = Math.round((serviceLevel?.percentage ?? defaults.percentage / 100) * 100);
	return {
		name,
		description,
		scoringMethod,
		lastAgent: lastAgents.find((one) => one === queue.lastAgentRoutingMode) ?? "written",
		label: queue.inlayUtilizationLabel?.id ?? "",
		rings: ringsOf(queue.bullseye?.rings),
		skillEvaluationMethod,
		alertingSeconds: String(alertingTimeoutSeconds ?? defaults.alertingSeconds),
		percentage: String(percentage),
		withinSeconds: String(Math.round((serviceLevel?.durationMs ?? defaults.withinMs) / 1000)),
		transcribes: queue.enableTranscription ?? false,
		spokenLanguage: queue.inlayTranscriptionLanguage ?? "",
		tellCallers: inlayTellCallers ?? "no",
		tellCallersSeconds: String(inlayTellCallersSeconds ?? defaults.tellCallersSeconds),
		wrapupPrompt: acwSettings.wrapupPrompt,
		timeoutSeconds: String(Math.round((acwSettings.timeoutMs ?? defaults.timeoutMs) / 1000)),
		...callbackFormOf(queue),
		...scriptsOf(queue.defaultScripts),
	};
}

function scriptsOf(
	shown: QueueThing["defaultScripts"] = {},
): Pick<QueueForm, (typeof scriptFields)[number] | "otherScripts"> {
	const known = scriptFields.map((field) => [field, shown[mediumOf[field]]?.id ?? ""] as const);
	const media: readonly string[] = Object.values(mediumOf);
	const others = Object.entries(shown).filter(([medium]) => !media.includes(medium));
	const fields = Object.fromEntries(known) as Record<(typeof scriptFields)[number], string>;
	return { ...fields, otherScripts: JSON.stringify(Object.fromEntries(others)) };
}

/** They are sent as a whole. */
function scriptsBodyOf(form: QueueForm): Record<string, { id: string }> {
	const chosen = scriptFields.flatMap((field) => (form[field] === "" ? [] : [[mediumOf[field], { id: form[field] }]]));
	return { ...JSON.parse(form.otherScripts), ...Object.fromEntries(chosen) };
}

/** Whether after-call work of this kind ends by itself. */
export function isTimed({ wrapupPrompt }: Pick<QueueForm, "wrapupPrompt">): boolean {
	return (
		wrapupPrompt === "MANDATORY_TIMEOUT" ||
		wrapupPrompt === "MANDATORY_FORCED_TIMEOUT" ||
		wrapupPrompt === "AGENT_REQUESTED"
	);
}

/** Whether callers who wait are told something, and so again and again. */
export function tellsCallers({ tellCallers }: Pick<QueueForm, "tellCallers">): boolean {
	return tellCallers !== "no";
}

/** What is sent; what is not of the form stays as it is. Only for a form without problems. */
export function queueBodyOf(form: QueueForm) {
	const { name, description, scoringMethod, skillEvaluationMethod, wrapupPrompt } = form;
	const callback = callbackBodyOf(form);
	const serviceLevel = { percentage: Number(form.percentage) / 100, durationMs: Number(form.withinSeconds) * 1000 };
	return {
		name: name.trim(),
		description: description.trim(),
		scoringMethod,
		lastAgentRoutingMode: form.lastAgent === "written" ? null : form.lastAgent,
		inlayUtilizationLabel: form.label === "" ? null : { id: form.label },
		bullseye: bullseyeOf(form.rings),
		skillEvaluationMethod,
		enableTranscription: form.transcribes,
		...spokenLanguageOf(form),
		mediaSettings: {
			call: {
				alertingTimeoutSeconds: Number(form.alertingSeconds),
				serviceLevel,
				inlayTellCallers: form.tellCallers,
				...(tellsCallers(form) ? { inlayTellCallersSeconds: Number(form.tellCallersSeconds) } : {}),
			},
			callback: callback.settings,
		},
		agentOwnedRouting: callback.owned,
		defaultScripts: scriptsBodyOf(form),
		acwSettings: { wrapupPrompt, ...(isTimed(form) ? { timeoutMs: Number(form.timeoutSeconds) * 1000 } : {}) },
	};
}

export function queueProblems(form: QueueForm): Set<keyof QueueForm> {
	const problems = new Set<keyof QueueForm>();
	if (form.name.trim() === "") problems.add("name");
	if (!isWhole(form.alertingSeconds, 7, 3600)) problems.add("alertingSeconds");
	if (!isWhole(form.percentage, 0, 100)) problems.add("percentage");
	if (!isWhole(form.withinSeconds, 1, 3600)) problems.add("withinSeconds");
	if (isTimed(form) && !isWhole(form.timeoutSeconds, 1, 900)) problems.add("timeoutSeconds");
	if (tellsCallers(form) && !isWhole(form.tellCallersSeconds, 15, 600)) problems.add("tellCallersSeconds");
	if (ringsAreWrong(form.rings)) problems.add("rings");
	if (form.transcribes && !isLanguage(form.spokenLanguage.trim())) problems.add("spokenLanguage");
	for (const field of callbackProblems(form)) problems.add(field);
	return problems;
}

/** What is wrong and not shown stays as it is. */
function spokenLanguageOf({ spokenLanguage }: QueueForm): { inlayTranscriptionLanguage?: string | null } {
	const spoken = spokenLanguage.trim();
	return isLanguage(spoken) ? { inlayTranscriptionLanguage: spoken || null } : {};
}

/** As BCP 47 names languages; nothing is one, too. */
function isLanguage(text: string): boolean {
	try {
		return text === "" || Intl.getCanonicalLocales(text).length === 1;
	} catch {
		return false;
	}
}
