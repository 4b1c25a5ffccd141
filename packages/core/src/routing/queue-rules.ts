import { badField, notSupported } from "../kernel/http/api-error.ts";
import { readLanguage } from "../transcription/language.ts";
import {
	type AcwSettings,
	type AgentOwnedRouting,
	defaultFirstCalls,
	type MediaSettings,
	type MediaType,
	mediaTypes,
	plainRouting,
	type QueueMediaSettings,
	type QueueRouting,
	type QueueSettings,
	type Ring,
} from "./queue-model.ts";

/** Seconds that work rings at an agent, by medium, unless the queue says otherwise. */
const alertingSeconds = { call: 20, callback: 30, chat: 30, email: 300, message: 30 } as const;
export const shortestAlertingSeconds = 7;
export const longestAlertingSeconds = 3600;
const defaultAcwTimeoutMs = 300_000;

export const defaultQueueSettings: QueueSettings = { mediaSettings: {}, acwSettings: { wrapupPrompt: "MANDATORY" } };

/**
 * A queue's settings after a client sent `input`: what it leaves away stays as in `base`, `null` clears.
 * @throws ApiError 400 `invalid.value` naming the field
 */
export function queueSettings(input: Partial<QueueSettings>, base: QueueSettings): QueueSettings {
	const peerId = input.peerId === undefined ? base.peerId : (input.peerId ?? undefined);
	const bullseye = input.bullseye === undefined ? base.bullseye : readBullseye(input.bullseye);
	const scoringMethod = input.scoringMethod === undefined ? base.scoringMethod : input.scoringMethod;
	const skillEvaluationMethod =
		input.skillEvaluationMethod === undefined ? base.skillEvaluationMethod : input.skillEvaluationMethod;
	const lastAgentRoutingMode =
		input.lastAgentRoutingMode === undefined ? base.lastAgentRoutingMode : input.lastAgentRoutingMode;
	const label = input.inlayUtilizationLabel === undefined ? base.inlayUtilizationLabel : input.inlayUtilizationLabel;
	return {
		...(label ? { inlayUtilizationLabel: { id: label.id } } : {}),
		...(lastAgentRoutingMode ? { lastAgentRoutingMode } : {}),
		...(scoringMethod ? { scoringMethod } : {}),
		...(skillEvaluationMethod ? { skillEvaluationMethod } : {}),
		...(bullseye ? { bullseye } : {}),
		...transcriptionOf(input, base),
		...defaultScriptsOf(input.defaultScripts, base.defaultScripts),
		mediaSettings: mergedMedia(input.mediaSettings, base.mediaSettings),
		acwSettings: readAcw(input.acwSettings ?? base.acwSettings),
		...ownedRouting(input.agentOwnedRouting, base.agentOwnedRouting),
		...(peerId === undefined ? {} : { peerId }),
	};
}

function transcriptionOf(
	sent: Partial<QueueSettings>,
	base: QueueSettings,
): Pick<QueueSettings, "enableTranscription" | "inlayTranscriptionLanguage"> {
	const field = "inlayTranscriptionLanguage";
	const { enableTranscription = base.enableTranscription, [field]: language = base[field] } = sent;
	return {
		...(enableTranscription ? { enableTranscription } : {}),
		...(language ? { [field]: readLanguage(language, field) } : {}),
	};
}

/** Sent as a whole; a medium that names none shows none. */
function defaultScriptsOf(
	sent: QueueSettings["defaultScripts"] | null,
	base: QueueSettings["defaultScripts"],
): Pick<QueueSettings, "defaultScripts"> {
	const named = Object.entries(sent === undefined ? (base ?? {}) : (sent ?? {}));
	const scripts = Object.fromEntries(
		named.flatMap(([medium, script]) => (script ? [[medium, { id: script.id }]] : [])),
	);
	return Object.keys(scripts).length > 0 ? { defaultScripts: scripts } : {};
}

const defaultOwned: AgentOwnedRouting = {
	enableAgentOwnedCallbacks: false,
	maxOwnedCallbackHours: 24,
	maxOwnedCallbackDelayHours: 720,
	inlayAfterOwner: "queue",
};

function ownedRouting(
	sent: Partial<AgentOwnedRouting> | null | undefined,
	base: AgentOwnedRouting | undefined,
): Pick<QueueSettings, "agentOwnedRouting"> {
	if (!sent) return base && sent === undefined ? { agentOwnedRouting: base } : {};
	return { agentOwnedRouting: { ...defaultOwned, ...base, ...withoutNulls(sent) } };
}

function mergedMedia(sent: QueueMediaSettings | null | undefined, base: QueueMediaSettings): QueueMediaSettings {
	return Object.fromEntries(
		mediaTypes.map((type) => [type, { ...defaultMedia(type), ...base[type], ...withoutNulls(sent?.[type] ?? {}) }]),
	);
}

function defaultMedia(type: keyof typeof alertingSeconds): MediaSettings {
	return {
		enableAutoAnswer: false,
		alertingTimeoutSeconds: alertingSeconds[type],
		serviceLevel: { percentage: 0.8, durationMs: 20_000 },
		...(type === "callback" ? { ...automaticCalls, ...defaultFirstCalls } : {}),
	};
}

const automaticCalls = { enableAutoDialAndEnd: false, autoDialDelaySeconds: 30, autoEndDelaySeconds: 30 };

function withoutNulls<T extends object>(value: T): Partial<T> {
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) as Partial<T>;
}

/** Only the prompts with a timeout have one. @throws ApiError 400 `not.supported` for one that would do nothing */
function readAcw(sent: AcwSettings): AcwSettings {
	const { wrapupPrompt, timeoutMs } = sent;
	if (!wrapupPrompt) throw badField("acwSettings.wrapupPrompt", "acwSettings needs a wrapupPrompt.");
	if (!wrapupPrompt.endsWith("TIMEOUT") && wrapupPrompt !== "AGENT_REQUESTED") {
		if (timeoutMs !== undefined) throw notSupported([`acwSettings.timeoutMs=${timeoutMs} with ${wrapupPrompt}`]);
		return { wrapupPrompt };
	}
	return { wrapupPrompt, timeoutMs: timeoutMs ?? defaultAcwTimeoutMs };
}

/**
 * Each ring but the last says when the next one joins (agent-features section 1). No rings are none.
 * @throws ApiError 400 `invalid.value`
 */
function readBullseye(sent: QueueSettings["bullseye"] | null): QueueSettings["bullseye"] {
	const rings = sent?.rings ?? [];
	if (rings.length === 0) return undefined;
	for (const [index, ring] of rings.entries()) {
		const field = `bullseye.rings[${index}].expansionCriteria`;
		const count = ring.expansionCriteria?.length ?? 0;
		const isLast = index === rings.length - 1;
		if (!isLast && count !== 1) throw badField(field, "Each ring but the last says after how long the next one joins.");
		if (isLast && count > 0) throw badField(field, "The last ring stays open: there is none that could join.");
	}
	return { rings: rings.map(plainRing) };
}

/** Without what clients send back as null. */
function plainRing({ expansionCriteria, actions }: Ring): Ring {
	const removed = actions?.skillsToRemove ?? [];
	return {
		...(expansionCriteria && expansionCriteria.length > 0 ? { expansionCriteria } : {}),
		...(removed.length > 0
			? { actions: { skillsToRemove: removed.map(({ id }) => ({ ...(id ? { id } : {}) })) } }
			: {}),
	};
}

/** Skills that are asked for no longer when a ring opens. */
export function skillsRemovedBy({ bullseye }: QueueSettings): string[] {
	const all = bullseye?.rings.flatMap((ring) => ring.actions?.skillsToRemove ?? []) ?? [];
	return [...new Set(all.flatMap(({ id }) => id ?? []))];
}

export function withoutSkill(settings: QueueSettings, skillId: string): QueueSettings {
	const rings = (settings.bullseye?.rings ?? []).map((ring) => {
		const skillsToRemove = (ring.actions?.skillsToRemove ?? []).filter(({ id }) => id !== skillId);
		return plainRing({ ...ring, actions: { skillsToRemove } });
	});
	return { ...settings, ...(rings.length > 0 ? { bullseye: { rings } } : {}) };
}

/** How a queue with these settings chooses. */
export function routingOf(settings: QueueSettings): QueueRouting {
	return {
		scoringMethod: settings.scoringMethod ?? plainRouting.scoringMethod,
		skillEvaluationMethod: settings.skillEvaluationMethod ?? plainRouting.skillEvaluationMethod,
		rings: settings.bullseye?.rings ?? [],
	};
}

/** Seconds that work of a medium rings at an agent of a queue with these settings. */
export function alertingSecondsOf(settings: QueueSettings, medium: MediaType): number {
	return settings.mediaSettings[medium]?.alertingTimeoutSeconds ?? alertingSeconds[medium];
}

/** Seconds that a call rings at an agent of a queue with these settings. */
export function callAlertingSeconds(settings: QueueSettings): number {
	return alertingSecondsOf(settings, "call");
}

/** SQL pattern of a name filter, to be made small there: `*` at either end stands for anything (platform-api 5.2). */
export function namePattern(filter: string): string {
	const escaped = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
	const open = filter.startsWith("*") ? "%" : "";
	const close = filter.endsWith("*") && filter.length > 1 ? "%" : "";
	const core = filter.slice(open ? 1 : 0, close ? -1 : undefined);
	return `${open}${escaped(core)}${close}`;
}
