/**
 * `settings.ui`: what agents see, as data. Our answer to scripts that change the page itself (framework-contract 16, pain 1):
 * it names things by what they are, so it outlives changes of the page.
 */
import { foldName } from "./names.ts";

/** What can be hidden, renamed, ordered, and partly added to. */
export const UI_PARTS = ["menu", "statuses", "callControls", "queues", "wrapUpCodes"] as const;
export type UiPart = (typeof UI_PARTS)[number];

/** Parts to which a script may add entries of its own. */
export const UI_ADDABLE: readonly UiPart[] = ["menu", "statuses", "callControls"];

/** Entries of the menu and the navigation. */
export const MENU_NAMES = [
	"interactionList",
	"newInteraction",
	"callLog",
	"callHistory",
	"queueActivation",
	"settings",
	"help",
	"signOut",
] as const;

/** Without these an agent could neither work nor leave: no policy hides them. */
export const UI_NEEDED: Partial<Record<UiPart, readonly string[]>> = {
	menu: ["interactionList", "signOut"],
	callControls: ["pickup", "disconnect"],
};

/** An entry that the script adds. A click tells the script (`Notification` `uiAction`), and does what stands here. */
export interface UiAddition {
	/** Names it in `hide`, `order` and `uiAction`. */
	id: string;
	text: string;
	/** Opens this address in a new window. */
	url?: string;
	/** Statuses: what the agent takes, a system presence or the id or label of a presence definition. */
	status?: string;
	/** Call controls: only at this interaction. */
	interactionId?: string;
}

/** Names are folded: id, contract's name, or the text that agents see. */
export interface UiPartRules {
	hide: string[];
	/** Takes back what `hide` says for everybody; for rules of groups. */
	show: string[];
	/** Folded name to text. */
	rename: Record<string, string>;
	/** First come these, in this order; the others follow as they were. */
	order: string[];
	add: UiAddition[];
}

export type UiRules = Record<UiPart, UiPartRules>;

/** For everybody, and on top of it for members of any of these groups (ids or names). */
export interface UiPolicy {
	everybody: UiRules;
	groups: { groups: string[]; rules: UiRules }[];
}

/** Rules as authors write them. Names are ids, the contract's names, or the texts that agents see, in any spelling. */
export interface UiScriptRules {
	hide?: Partial<Record<UiPart, string[]>>;
	show?: Partial<Record<UiPart, string[]>>;
	rename?: Partial<Record<UiPart, Record<string, string>>>;
	order?: Partial<Record<UiPart, string[]>>;
	add?: {
		menu?: { id: string; text: string; url?: string }[];
		statuses?: { id: string; text: string; status: string }[];
		/** With `interactionId` at that interaction alone. */
		callControls?: { id: string; text: string; url?: string; interactionId?: string }[];
	};
}

/** `settings.ui` as authors write it. */
export type UiScriptPolicy = UiScriptRules & { groups?: (UiScriptRules & { groups: string[] })[] };

export function noUiRules(): UiRules {
	const none = (): UiPartRules => ({ hide: [], show: [], rename: {}, order: [], add: [] });
	return { menu: none(), statuses: none(), callControls: none(), queues: none(), wrapUpCodes: none() };
}

/**
 * What holds for an agent.
 * @param groups ids and names of their groups; undefined while they are not known: then what any rule hides stays hidden
 */
export function uiRulesFor({ everybody, groups }: UiPolicy, own: readonly string[] | undefined): UiRules {
	const names = own && new Set(own.map(foldName));
	const matching = groups.filter((rule) => !names || rule.groups.some((group) => names.has(foldName(group))));
	const rules = noUiRules();
	for (const part of UI_PARTS) {
		const all = [everybody[part], ...matching.map((rule) => rule.rules[part])];
		const shown = new Set(names ? all.flatMap(({ show }) => show) : []);
		rules[part] = {
			hide: [...new Set(all.flatMap(({ hide }) => hide))].filter((name) => !shown.has(name)),
			show: [],
			rename: Object.assign({}, ...(names ? all : all.slice(0, 1)).map(({ rename }) => rename)),
			order: (names ? all : all.slice(0, 1)).findLast(({ order }) => order.length > 0)?.order ?? [],
			add: (names ? all : all.slice(0, 1)).flatMap(({ add }) => add),
		};
	}
	return rules;
}

/** An entry as it is to be shown. */
export interface Arranged<Item> {
	item: Item;
	/** The policy's text for it. */
	text?: string;
}

/**
 * Leaves out, renames and orders.
 * @param namesOf all that a policy may call the item: ids, contract's names, texts; what is needed stays whatever it says
 */
export function arrange<Item>(
	items: readonly Item[],
	{ hide, rename, order }: UiPartRules,
	namesOf: (item: Item) => readonly (string | undefined)[],
): Arranged<Item>[] {
	const named = items.map((item) => ({
		item,
		names: namesOf(item).flatMap((name) => (name ? [foldName(name)] : [])),
	}));
	const place = (names: readonly string[]) => {
		const at = order.findIndex((name) => names.includes(name));
		return at < 0 ? order.length : at;
	};
	return named
		.filter(({ names }) => !names.some((name) => hide.includes(name)))
		.toSorted((a, b) => place(a.names) - place(b.names))
		.map(({ item, names }) => {
			// Own names alone: an entry may be called Constructor, as every object's.
			const named = names.find((name) => Object.hasOwn(rename, name));
			return named === undefined ? { item } : { item, text: rename[named] };
		});
}
