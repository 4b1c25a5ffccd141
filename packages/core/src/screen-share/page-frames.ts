import { screenSurfaces } from "@inlay/contract/screen-share";
import { type Static, Type } from "typebox";
import { Check } from "typebox/value";

export const Surface = Type.Union(screenSurfaces.map((one) => Type.Literal(one)));
/** Pixels; wider than any screen is a lie. */
export const Pixels = Type.Integer({ minimum: 1, maximum: 16_384 });

/** What a customer's page may send. */
const frames = {
	/** The first: the secret of its invitation. */
	hello: Type.Object({ type: Type.Literal("hello"), secret: Type.String({ minLength: 1, maxLength: 100 }) }),
	accept: Type.Object({ type: Type.Literal("accept") }),
	/** A connection is wanted: the answer is an offer. */
	connect: Type.Object({ type: Type.Literal("connect") }),
	answer: Type.Object({
		type: Type.Literal("answer"),
		legId: Type.String({ maxLength: 40 }),
		sdp: Type.String({ minLength: 1, maxLength: 20_000 }),
	}),
	/** What it shows. */
	facts: Type.Object({
		type: Type.Literal("facts"),
		surface: Type.Optional(Surface),
		width: Type.Optional(Pixels),
		height: Type.Optional(Pixels),
	}),
	pause: Type.Object({ type: Type.Literal("pause"), paused: Type.Boolean() }),
	end: Type.Object({
		type: Type.Literal("end"),
		why: Type.Union(
			(["declined", "cancelled", "unsupported", "customer.stopped", "surface.ended", "media.lost"] as const).map(
				(one) => Type.Literal(one),
			),
		),
	}),
};

export type ScreenFrame = { [Type in keyof typeof frames]: Static<(typeof frames)[Type]> }[keyof typeof frames];

/** Reads one frame; undefined when it is anything else. */
export function readScreenFrame(text: string): ScreenFrame | undefined {
	const value = parse(text);
	if (typeof value !== "object" || value === null) return undefined;
	const { type } = value as { type?: unknown };
	if (typeof type !== "string" || !Object.hasOwn(frames, type)) return undefined;
	return Check(frames[type as keyof typeof frames], value) ? (value as ScreenFrame) : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
