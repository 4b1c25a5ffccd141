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

/** What is sent of it; only for a form without problems. */
export function callbackBodyOf(form: CallbackForm): { settings: CallbackSettings; owned: OwnedRouting } {
	return {
		settings: {
			mode: form.callbackMode,
			maxRetryCount: Number(form.retries),
			retryDelaySeconds: Number(form.retrySeconds),
			inlayAfterRetries: form.afterRetries,
			enableAutoDialAndEnd: form.automatic,
			autoDialDelaySeconds: Number(form.dialSeconds),
			autoEndDelaySeconds: Number(form.endSeconds),
			inlayQueueChoice: form.queueChoice,
		},
		owned: {
			enableAgentOwnedCallbacks: form.owned,
			maxOwnedCallbackHours: Number(form.ownedHours),
			maxOwnedCallbackDelayHours: Number(form.aheadHours),
			inlayAfterOwner: form.afterOwner,
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

export function callbackProblems(form: CallbackForm): Set<keyof typeof callbackNumbers> {
	const names = Object.keys(callbackNumbers) as Array<keyof typeof callbackNumbers>;
	const isWrong = (name: keyof typeof callbackNumbers) => {
		const [from, to] = callbackNumbers[name];
		return !isWhole(form[name], from, to);
	};
	return new Set(names.filter(isWrong));
}
