import { type Static, type TSchema, Type } from "typebox";
import { Check } from "typebox/value";

const Key = Type.String({ minLength: 20, maxLength: 100, pattern: "^[\\w-]+$" });
const Node = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** Of the page's size, so that both sides mean the same place whatever their windows are: CSS pixels of the document. */
const Place = Type.Number({ minimum: -1_000_000, maximum: 10_000_000 });
const asked = Type.Union([Type.Literal("control"), Type.Literal("navigation")]);

/** What a customer's page may send. */
const pageFrames = {
	/** The first: it shares. */
	hello: Type.Object({ type: Type.Literal("hello"), key: Key }),
	/** The first, and the last: the customer has read with whom they would share, and does not. */
	decline: Type.Object({ type: Type.Literal("decline"), key: Key }),
	/** What was recorded of the page, as rrweb has it: taken apart by `page-filter.ts`. */
	recorded: Type.Object({
		type: Type.Literal("recorded"),
		events: Type.Array(Type.Unknown(), { maxItems: 5_000 }),
	}),
	paused: Type.Object({
		type: Type.Literal("paused"),
		isPaused: Type.Boolean(),
		/** The page is one that is never shared. */
		byRule: Type.Optional(Type.Boolean()),
	}),
	/** The customer's answer to what was asked for, or they take it back. */
	allow: Type.Object({ type: Type.Literal("allow"), what: asked, isAllowed: Type.Boolean() }),
	/** What the agent wanted is not done in this page, and why. */
	refused: Type.Object({
		type: Type.Literal("refused"),
		why: Type.Union([
			Type.Literal("secret"),
			Type.Literal("readonly"),
			Type.Literal("gone"),
			Type.Literal("elsewhere"),
			Type.Literal("notAllowed"),
			Type.Literal("customer"),
		]),
	}),
	/** How the page is shown: whole, in stills because it changes too fast, or not at all. */
	pace: Type.Object({
		type: Type.Literal("pace"),
		pace: Type.Union([Type.Literal("live"), Type.Literal("stills"), Type.Literal("tooBig")]),
	}),
	stop: Type.Object({ type: Type.Literal("stop") }),
};

/** What an agent's viewer may send. */
const viewerFrames = {
	hello: Type.Object({ type: Type.Literal("hello"), key: Key }),
	/** The whole page anew. */
	again: Type.Object({ type: Type.Literal("again") }),
	ask: Type.Object({ type: Type.Literal("ask"), what: asked }),
	release: Type.Object({ type: Type.Literal("release"), what: asked }),
	pointer: Type.Object({ type: Type.Literal("pointer"), x: Place, y: Place }),
	draw: Type.Object({
		type: Type.Literal("draw"),
		points: Type.Array(Type.Tuple([Place, Place]), { minItems: 1, maxItems: 200 }),
	}),
	click: Type.Object({ type: Type.Literal("click"), node: Node, x: Place, y: Place }),
	focus: Type.Object({ type: Type.Literal("focus"), node: Node }),
	/** What a field holds from now on: text, a choice, or whether it is checked. */
	input: Type.Object({
		type: Type.Literal("input"),
		node: Node,
		value: Type.Union([Type.String({ maxLength: 10_000 }), Type.Boolean()]),
	}),
	key: Type.Object({
		type: Type.Literal("key"),
		node: Node,
		key: Type.Union([
			Type.Literal("Enter"),
			Type.Literal("Tab"),
			Type.Literal("Escape"),
			Type.Literal("ArrowUp"),
			Type.Literal("ArrowDown"),
			Type.Literal("ArrowLeft"),
			Type.Literal("ArrowRight"),
		]),
	}),
	scroll: Type.Object({ type: Type.Literal("scroll"), node: Node, x: Place, y: Place }),
	/** Needs leave of its own. An address is one of the same origin: the page compares. */
	navigate: Type.Object({
		type: Type.Literal("navigate"),
		to: Type.Union([
			Type.Literal("back"),
			Type.Literal("forward"),
			Type.Literal("reload"),
			Type.String({ minLength: 1, maxLength: 2000, pattern: "^https?://" }),
		]),
	}),
	end: Type.Object({ type: Type.Literal("end") }),
};

type Frames<Schemas extends Record<string, TSchema>> = {
	[Name in keyof Schemas]: Static<Schemas[Name]>;
}[keyof Schemas];
export type PageFrame = Frames<typeof pageFrames>;
export type ViewerFrame = Frames<typeof viewerFrames>;

/** What needs that the customer has allowed control. */
export const acts: ReadonlySet<ViewerFrame["type"]> = new Set(["click", "focus", "input", "key", "scroll"]);

/** Reads one frame; undefined when it is anything else. */
export function readPageFrame(text: string): PageFrame | undefined {
	return read(pageFrames, text);
}

export function readViewerFrame(text: string): ViewerFrame | undefined {
	return read(viewerFrames, text);
}

function read<Schemas extends Record<string, TSchema>>(schemas: Schemas, text: string): Frames<Schemas> | undefined {
	const value = parse(text);
	if (typeof value !== "object" || value === null) return undefined;
	const { type } = value as { type?: unknown };
	if (typeof type !== "string" || !Object.hasOwn(schemas, type)) return undefined;
	const schema = schemas[type];
	return schema && Check(schema, value) ? (value as Frames<Schemas>) : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
