import { isWhole } from "../recording/policy-form.ts";

export const callbackModes = ["AgentFirst", "CustomerFirst"] as const;
export const afterRetries = ["agentFirst", "end"] as const;
export const afterOwners = ["queue", "end"] as const;
export type AfterOwner = (typeof afterOwners)[number];

/** `CallbackMediaSettings` of the platform, as far as the page shows it. */
export interface CallbackSettings {
	mode?: (typeof callbackModes)[number];
	maxRetryCount?: number;
	retryDelaySeconds?: number;
	inlayAfterRetries?: (typeof afterRetries)[number];
	enableAutoDialAndEnd?: boolean;
	autoDialDelaySeconds?: number;
	autoEndDelaySeconds?: number;
	inlayQueueChoice?: boolean;
}

/** `AgentOwnedRouting` of the platform. */
interface OwnedRouting {
	enableAgentOwnedCallbacks: boolean;
	maxOwnedCallbackHours: number;
	maxOwnedCallbackDelayHours: number;
	inlayAfterOwner?: AfterOwner;
}

/** How a queue's callbacks are made; numbers as they are typed. */
export interface CallbackForm {
	callbackMode: (typeof callbackModes)[number];
	retries: string;
	retrySeconds: string;
	afterRetries: (typeof afterRetries)[number];
	automatic: boolean;
	dialSeconds: string;
	endSeconds: string;
	queueChoice: boolean;
	owned: boolean;
	ownedHours: string;
	aheadHours: string;
	afterOwner: AfterOwner;
}

export function callbackFormOf(queue: {
	mediaSettings: { callback?: CallbackSettings };
	agentOwnedRouting?: OwnedRouting;
}): CallbackForm {
	const callback = queue.mediaSettings.callback ?? {};
	const owned = queue.agentOwnedRouting;
	return {
		callbackMode: callback.mode ?? "AgentFirst",
		retries: String(callback.maxRetryCount ?? 2),
		retrySeconds: String(callback.retryDelaySeconds ?? 300),
		afterRetries: callback.inlayAfterRetries ?? "agentFirst",
		automatic: callback.enableAutoDialAndEnd ?? false,
		dialSeconds: String(callback.autoDialDelaySeconds ?? 30),
		endSeconds: String(callback.autoEndDelaySeconds ?? 30),
		queueChoice: callback.inlayQueueChoice ?? false,
		owned: owned?.enableAgentOwnedCallbacks ?? false,
		ownedHours: String(owned?.maxOwnedCallbackHours ?? 24),
		aheadHours: String(owned?.maxOwnedCallbackDelayHours ?? 720),
		afterOwner: owned?.inlayAfterOwner ?? "queue",
	};
}

/** What is sent of it, without numbers that are not shown: those stay as they are. Only for a form without problems. */
export function callbackBodyOf(form: CallbackForm) {
	const numbers = (names: Readonly<Record<string, NumberName>>) =>
		Object.fromEntries(
			Object.entries(names).flatMap(([key, name]) => (isShown(form, name) ? [[key, Number(form[name])]] : [])),
		);
	return {
		settings: {
			mode: form.callbackMode,
			inlayAfterRetries: form.afterRetries,
			enableAutoDialAndEnd: form.automatic,
			inlayQueueChoice: form.queueChoice,
			...numbers({ maxRetryCount: "retries", retryDelaySeconds: "retrySeconds" }),
			...numbers({ autoDialDelaySeconds: "dialSeconds", autoEndDelaySeconds: "endSeconds" }),
		},
		owned: {
			enableAgentOwnedCallbacks: form.owned,
			inlayAfterOwner: form.afterOwner,
			...numbers({ maxOwnedCallbackHours: "ownedHours", maxOwnedCallbackDelayHours: "aheadHours" }),
		},
	};
}

/** Each whole number with what it may be. */
export const callbackNumbers = {
	retries: [0, 10],
	retrySeconds: [30, 86_400],
	dialSeconds: [0, 1200],
	endSeconds: [0, 1200],
	ownedHours: [1, 720],
	aheadHours: [1, 720],
} as const;

type NumberName = keyof typeof callbackNumbers;

/** Whether the page shows a number: what nobody sees nobody can put right. */
function isShown(form: CallbackForm, name: NumberName): boolean {
	if (name === "retries" || name === "retrySeconds") return form.callbackMode === "CustomerFirst";
	return name === "dialSeconds" || name === "endSeconds" ? form.automatic : form.owned;
}

export function callbackProblems(form: CallbackForm): Set<NumberName> {
	const names = Object.keys(callbackNumbers) as NumberName[];
	const isWrong = (name: NumberName) => {
		const [from, to] = callbackNumbers[name];
		return isShown(form, name) && !isWhole(form[name], from, to);
	};
	return new Set(names.filter(isWrong));
}
