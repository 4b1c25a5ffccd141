/** How pages are shared by this messenger, as its administrator has set it. */
export interface ShareSettings {
	allowAgentControl: boolean;
	allowAgentNavigation: boolean;
	allowDraw: boolean;
	showPath: boolean;
	maskSelectors: string[];
	readonlySelectors: string[];
	pauseCriteria: Array<{
		urlFragment: string;
		condition: "includes" | "does_not_include" | "starts_with" | "ends_with" | "equals";
	}>;
}

export type Asked = "control" | "navigation";
/** Why what an agent wanted was not done. */
export type RefusedWhy = "secret" | "readonly" | "gone" | "elsewhere" | "notAllowed" | "customer";

/** What an agent does in the page; nodes are the recorder's numbers. */
export type Act =
	| { type: "click"; node: number; x: number; y: number }
	| { type: "focus"; node: number }
	| { type: "input"; node: number; value: string | boolean }
	| { type: "key"; node: number; key: string }
	| { type: "scroll"; node: number; x: number; y: number };

/** What the server sends. */
export type ShareFrame =
	| { type: "session"; agent: string; settings: ShareSettings; isWatched: boolean }
	| { type: "watch" }
	| { type: "unwatch" }
	| { type: "ask"; what: Asked }
	| { type: "release"; what: Asked }
	| { type: "pointer"; x: number; y: number }
	| { type: "draw"; points: Array<[number, number]> }
	| { type: "navigate"; to: string }
	| { type: "ended"; by: string; why: string }
	| { type: "error"; code: string; text: string }
	| Act;

/** What a page remembers of a session, in this tab alone. */
export interface Share {
	sessionId: string;
	/** The secret by which this customer's pages come again. */
	key: string;
	agent: string;
	/** The customer has paused it. */
	isPaused?: boolean;
}

/** What the messenger gives to the script that shares. */
export interface ShareOptions {
	/** Origin of the server. */
	api: string;
	share: Share;
	/** Of the customer's language. */
	language: string;
	say(word: ShareWord, params?: Readonly<Record<string, string>>): string;
	/** The tab remembers it, or forgets it. */
	keep(share: Share | undefined): void;
	/** It is over: a sentence for the customer. */
	ended(text: string): void;
}

/** Words of the bar; they come with the messenger's. */
export const shareWords = [
	"shareBar",
	"shareShared",
	"shareUnseen",
	"sharePause",
	"shareResume",
	"shareStop",
	"sharePaused",
	"shareRulePaused",
	"shareAskControl",
	"shareAskNavigation",
	"shareAllow",
	"shareDeny",
	"shareControlled",
	"shareTakeBack",
	"shareFrames",
	"shareEnded",
	"shareEndedAgent",
	"shareLost",
	"shareBroken",
] as const;
export type ShareWord = (typeof shareWords)[number];
