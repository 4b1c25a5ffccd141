import { Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";

/** By what a customer may be asked to share a page. */
export const cobrowseChannels = ["webmessaging", "voice"] as const;
export type CobrowseChannel = (typeof cobrowseChannels)[number];

/** The platform's `PauseCriteria`. */
export const pauseConditions = ["includes", "does_not_include", "starts_with", "ends_with", "equals"] as const;

/** What customers may share of the pages in which a messenger stands (`CobrowseSettings` of the platform, agent-features 12). */
export interface CobrowseSettings {
	/** None: pages are not shared. */
	channels: CobrowseChannel[];
	/** Whether agents may ask for these; the customer allows each, or does not. */
	allowAgentControl: boolean;
	allowAgentNavigation: boolean;
	allowDraw: boolean;
	/** The agent sees the page's path, and not only where it is. */
	showPath: boolean;
	/** What is shared goes on for two minutes after the call or exchange. */
	outlivesCall: boolean;
	/** Fields whose values are never told, beside passwords, cards and codes. */
	maskSelectors: string[];
	/** What an agent never changes. */
	readonlySelectors: string[];
	/** Pages that are never shared, by their addresses. */
	pauseCriteria: Array<{ urlFragment: string; condition: (typeof pauseConditions)[number] }>;
}

export const defaultCobrowse: CobrowseSettings = {
	channels: [],
	allowAgentControl: true,
	allowAgentNavigation: false,
	allowDraw: true,
	showPath: false,
	outlivesCall: false,
	maskSelectors: [],
	readonlySelectors: [],
	pauseCriteria: [],
};

const Selector = Type.String({ minLength: 1, maxLength: 300, pattern: "\\S" });

export const CobrowseBody = Type.Partial(
	Type.Object({
		channels: Type.Array(Type.Union([Type.Literal("webmessaging"), Type.Literal("voice")]), { maxItems: 2 }),
		allowAgentControl: Type.Boolean(),
		allowAgentNavigation: Type.Boolean(),
		allowDraw: Type.Boolean(),
		showPath: Type.Boolean(),
		outlivesCall: Type.Boolean(),
		maskSelectors: Type.Array(Selector, { maxItems: 50 }),
		readonlySelectors: Type.Array(Selector, { maxItems: 50 }),
		pauseCriteria: Type.Array(
			Type.Object({
				urlFragment: Type.String({ minLength: 1, maxLength: 500, pattern: "\\S" }),
				condition: Type.Union([
					Type.Literal("includes"),
					Type.Literal("does_not_include"),
					Type.Literal("starts_with"),
					Type.Literal("ends_with"),
					Type.Literal("equals"),
				]),
			}),
			{ maxItems: 50 },
		),
	}),
);

/** How pages are shared by a messenger. */
export function cobrowseOf(messenger: { cobrowse?: Partial<CobrowseSettings> } | undefined): CobrowseSettings {
	return { ...defaultCobrowse, ...messenger?.cobrowse };
}

/**
 * What is asked for, over what stood there before. Only browsers know whether a selector is one: what no browser could read is
 * refused here, and a page whose selectors its browser does not read is not shared.
 * @throws ApiError 400 naming the field
 */
export function readCobrowse(
	wish: Partial<CobrowseSettings> | undefined,
	before: Partial<CobrowseSettings> | undefined,
): CobrowseSettings {
	const wanted = { ...defaultCobrowse, ...before, ...wish };
	for (const list of ["maskSelectors", "readonlySelectors"] as const)
		wanted[list].forEach((selector, index) => {
			if (/[{}<;]|\/\*/.test(selector) || !isBalanced(selector))
				throw badField(`settings.messenger.cobrowse.${list}[${index}]`, `${selector} is no CSS selector.`);
		});
	return { ...wanted, channels: [...new Set(wanted.channels)] };
}

function isBalanced(selector: string): boolean {
	const open: string[] = [];
	const plain = selector.replace(/\\./g, "").replace(/"[^"]*"|'[^']*'/g, "");
	if (/["']/.test(plain)) return false;
	for (const sign of plain) {
		if (sign === "(" || sign === "[") open.push(sign === "(" ? ")" : "]");
		if ((sign === ")" || sign === "]") && open.pop() !== sign) return false;
	}
	return open.length === 0;
}
