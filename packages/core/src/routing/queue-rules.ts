import { badField, notSupported } from "../kernel/http/api-error.ts";
import {
	type AcwSettings,
	type MediaSettings,
	mediaTypes,
	type QueueMediaSettings,
	type QueueSettings,
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
	return {
		mediaSettings: mergedMedia(input.mediaSettings, base.mediaSettings),
		acwSettings: readAcw(input.acwSettings ?? base.acwSettings),
		...(peerId === undefined ? {} : { peerId }),
	};
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
	};
}

function withoutNulls<T extends object>(value: T): Partial<T> {
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) as Partial<T>;
}

/** Only the prompts with a timeout have one. @throws ApiError 400 `not.supported` for one that would do nothing */
function readAcw(sent: AcwSettings): AcwSettings {
	const { wrapupPrompt, timeoutMs } = sent;
	if (!wrapupPrompt) throw badField("acwSettings.wrapupPrompt", "acwSettings needs a wrapupPrompt.");
	if (!wrapupPrompt.endsWith("TIMEOUT")) {
		if (timeoutMs !== undefined) throw notSupported([`acwSettings.timeoutMs=${timeoutMs} with ${wrapupPrompt}`]);
		return { wrapupPrompt };
	}
	return { wrapupPrompt, timeoutMs: timeoutMs ?? defaultAcwTimeoutMs };
}

/** Seconds that a call rings at an agent of a queue with these settings. */
export function callAlertingSeconds(settings: QueueSettings): number {
	return settings.mediaSettings.call?.alertingTimeoutSeconds ?? alertingSeconds.call;
}

/** SQL pattern of a name filter: `*` at either end stands for anything (platform-api 5.2). */
export function namePattern(filter: string): string {
	const escaped = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
	const open = filter.startsWith("*") ? "%" : "";
	const close = filter.endsWith("*") && filter.length > 1 ? "%" : "";
	const core = filter.slice(open ? 1 : 0, close ? -1 : undefined);
	return `${open}${escaped(core.toLowerCase())}${close}`;
}
