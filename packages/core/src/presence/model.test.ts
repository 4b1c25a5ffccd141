import { expect, it } from "vitest";
import { spokenPresence, systemPresenceNamed, systemPresences, upperPresence } from "./model.ts";

it.each(["On Queue", "OnQueue", "ON_QUEUE", "on-queue", "onqueue", " on queue"])("%j is On Queue", (spelt) => {
	expect(systemPresenceNamed(spelt)).toBe("OnQueue");
});

it("every system presence is found by each of its spellings", () => {
	for (const name of systemPresences) {
		for (const spelt of [name, spokenPresence(name), upperPresence(name), name.toLowerCase()]) {
			expect(systemPresenceNamed(spelt)).toBe(name);
		}
	}
});

it.each(["", "Queue", "On", "Availabl", "__proto__"])("%j is none", (spelt) => {
	expect(systemPresenceNamed(spelt)).toBeUndefined();
});

it("only On Queue is spelt as two words", () => {
	expect(systemPresences.filter((name) => spokenPresence(name) !== name)).toEqual(["OnQueue"]);
	expect(systemPresences.map(upperPresence)).toContain("ON_QUEUE");
});
