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
}

/** Undefined for what ends with its page: callbacks, and what no JSON can hold. */
export function keptWish(action: string, given: unknown, askedAt: number): KeptWish | undefined {
	if (!Object.hasOwn(repeatable, action)) return undefined;
	try {
		return { action: action as RepeatableAction, given: JSON.parse(JSON.stringify(given)) as unknown, askedAt };
	} catch {
		return undefined;
	}
}

export function isKeptWish(value: unknown): value is KeptWish {
	const wish = value as Partial<KeptWish> | null;
	return typeof wish?.action === "string" && Object.hasOwn(repeatable, wish.action) && typeof wish.askedAt === "number";
}

/** Asks for it once more, as a page or script would. */
export function repeatWish(actions: PureCloudActions, { action, given }: KeptWish): void {
	(repeatable[action](actions) as (given: unknown) => void)(given);
}
