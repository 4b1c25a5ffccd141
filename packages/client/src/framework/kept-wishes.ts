import type { PureCloudActions } from "@inlay/framework";

/** What a page or script may ask for that is worth doing after the panel has been away at the sign-in page. */
const repeatable = {
	clickToDial: ({ clickToDial }: PureCloudActions) => clickToDial,
	addAssociation: ({ addAssociation }: PureCloudActions) => addAssociation,
	addCustomAttributes: ({ Interaction }: PureCloudActions) => Interaction.addCustomAttributes,
	updateState: ({ Interaction }: PureCloudActions) => Interaction.updateState,
	updateStatus: ({ User }: PureCloudActions) => User.updateStatus,
	setView: ({ User }: PureCloudActions) => User.setView,
} as const;

type RepeatableAction = keyof typeof repeatable;

/** A wish that waits for the panel to be ready. */
export interface KeptWish {
	action: RepeatableAction;
	/** As it was asked for, once it has gone through JSON; absent where it may not be kept. */
	given?: unknown;
	/** Milliseconds since 1970. */
	askedAt: number;
	/** The origin of the page that has asked, where it was not the script. */
	host?: string;
}

/** Undefined for what ends with its page: callbacks, and what no JSON can hold. */
export function keptWish(action: string, given: unknown, askedAt: number, host?: string): KeptWish | undefined {
	if (!Object.hasOwn(repeatable, action)) return undefined;
	try {
		const plain: unknown = JSON.parse(JSON.stringify(given));
		return { action: action as RepeatableAction, given: plain, askedAt, ...(host === undefined ? {} : { host }) };
	} catch {
		return undefined;
	}
}

export function isKeptWish(value: unknown): value is KeptWish {
	const wish = value as Partial<KeptWish> | null;
	const isAction = typeof wish?.action === "string" && Object.hasOwn(repeatable, wish.action);
	return isAction && typeof wish.askedAt === "number" && ["string", "undefined"].includes(typeof wish.host);
}

/** Asks for it once more, as a page or script would. */
export function repeatWish(actions: PureCloudActions, { action, given }: KeptWish): void {
	(repeatable[action](actions) as (given: unknown) => void)(given);
}
