import { describe, expect, it } from "vitest";
import { holdingsOf, newDivision } from "./division-form.ts";

describe("a division", () => {
	it("tells what is in it, each by its type or its area, and nothing of what is not", () => {
		const objectCounts = {
			QUEUE: 2,
			USER: 3,
			SCRIPT: 0,
			OUTBOUND_CAMPAIGN: 1,
			OUTBOUND_CONTACTLIST: 2,
			PRESENCEDEFINITION: 4,
			NEWTYPE: 1,
		};
		expect(holdingsOf({ ...newDivision, objectCounts })).toEqual([
			{ type: "USER", count: 3 },
			{ type: "QUEUE", count: 2 },
			{ area: "outbound", count: 3 },
			{ area: "statuses", count: 4 },
			{ type: "other", count: 1 },
		]);
		expect(holdingsOf(newDivision)).toEqual([]);
	});
});
