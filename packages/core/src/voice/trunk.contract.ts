import { expect, it } from "vitest";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import type { Trunk, TrunkCall } from "./trunk.ts";

/** Numbers that behave in known ways on the trunk under test. */
export interface TrunkNumbers {
	/** Rings, and is answered. */
	answering: string;
	/** Hangs up before it answers. */
	busy: string;
	/** Rings until it gives up. */
	silent: string;
	/** Somebody refuses the call. */
	refusing: string;
	/** Nobody has this number. */
	unknown: string;
}

/** A trunk under test, with its engine. */
export interface TrunkUnderTest {
	engine: MediaEngine & { legs: string[] };
	trunk: Trunk;
	/** Somebody calls, or a call is on the line since before a restart: what the call is placed with then. */
	prepare?(kind: "caller" | "resumed"): Promise<Partial<TrunkCall>>;
}

/** What every trunk does; each implementation's tests run it. */
export function trunkContract(make: () => TrunkUnderTest | Promise<TrunkUnderTest>, numbers: TrunkNumbers): void {
	/** What the last call's far end gave as its reason. */
	const causes: string[] = [];

	/** Places a call and collects the steps of its leg up to the one awaited. */
	async function steps(
		number: string,
		resumed: boolean,
		last: "answered" | "hungup",
		isCaller = false,
	): Promise<string[]> {
		const { engine, trunk, prepare } = await make();
		const kind = isCaller ? "caller" : resumed ? "resumed" : undefined;
		const prepared = kind && (await prepare?.(kind));
		const seen: string[] = [];
		causes.length = 0;
		const done = Promise.withResolvers<void>();
		engine.onEvent((event: MediaEvent) => {
			if (event.type !== "far-end" || event.legId !== "leg") return;
			seen.push(event.step);
			if (event.cause) causes.push(event.cause);
			if (event.step === last) done.resolve();
		});
		trunk.onNews((event) => {
			seen.push(event.type === "far-end" ? event.step : event.type);
			if (event.type !== "far-end") return;
			if (event.cause) causes.push(event.cause);
			if (event.step === last) done.resolve();
		});
		const whose = { conversationId: "conversation", participantId: "participant" };
		trunk.place({ legId: "leg", ...whose, number, resumed, isCaller, ...prepared });
		await done.promise;
		if (last === "answered") expect(engine.legs, "the leg is there by then").toEqual(["leg"]);
		return seen.slice(0, seen.indexOf(last) + 1);
	}

	it("rings, then is answered", async () => {
		expect(await steps(numbers.answering, false, "answered")).toEqual(["ringing", "answered"]);
	});

	it("says that the far end hung up without answering", async () => {
		expect(await steps(numbers.silent, false, "hungup")).toEqual(["ringing", "hungup"]);
	});

	it.each([
		["busy", numbers.busy],
		["noAnswer", numbers.silent],
		["refused", numbers.refusing],
		["unknownNumber", numbers.unknown],
	])("tells %s from other reasons", async (cause, number) => {
		expect(await steps(number, false, "hungup")).not.toContain("answered");
		expect(causes).toEqual([cause]);
	});

	it("has whoever calls us on the line at once, whatever their number does when it is dialled", async () => {
		expect(await steps(numbers.busy, false, "answered", true)).toEqual(["answered"]);
	});

	it("takes up a call that was connected before without ringing again", async () => {
		expect(await steps(numbers.answering, true, "answered")).toEqual(["answered"]);
	});
}
