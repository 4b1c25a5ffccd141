import { expect, it } from "vitest";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import type { Trunk } from "./trunk.ts";

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

/** What every trunk does; each implementation's tests run it. */
export function trunkContract(
	make: () => { engine: MediaEngine & { legs: string[] }; trunk: Trunk },
	numbers: TrunkNumbers,
): void {
	/** What the last call's far end gave as its reason. */
	const causes: string[] = [];

	/** Places a call and collects the steps of its leg up to the one awaited. */
	async function steps(
		number: string,
		resumed: boolean,
		last: "answered" | "hungup",
		isCaller = false,
	): Promise<string[]> {
		const { engine, trunk } = make();
		const seen: string[] = [];
		causes.length = 0;
		const done = Promise.withResolvers<void>();
		engine.onEvent((event: MediaEvent) => {
			if (event.type !== "far-end" || event.legId !== "leg") return;
			seen.push(event.step);
			if (event.cause) causes.push(event.cause);
			if (event.step === last) done.resolve();
		});
		trunk.place({ legId: "leg", number, resumed, isCaller });
		expect(engine.legs, "the leg is there when place returns").toEqual(["leg"]);
		await done.promise;
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
