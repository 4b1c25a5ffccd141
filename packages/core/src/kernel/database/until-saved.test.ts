import { expect, it } from "vitest";
import { DatabaseAway, OutcomeUnknown } from "./database-errors.ts";
import { untilSaved } from "./until-saved.ts";

it("who hung up while the database was away was called again", async () => {
	const failures: Error[] = [new DatabaseAway(), new OutcomeUnknown(new Error("lost"))];
	const saved = await untilSaved(async () => {
		const failure = failures.shift();
		if (failure) throw failure;
		return "saved";
	});
	expect(saved).toBe("saved");
});

it("a refusal is no outage, and is told at once", async () => {
	let tries = 0;
	const refused = untilSaved(async () => {
		tries++;
		throw new Error("no such conversation");
	});
	await expect(refused).rejects.toThrow("no such conversation");
	expect(tries).toBe(1);
});

it("ends with the server", async () => {
	const tries = untilSaved(
		async () => {
			throw new DatabaseAway();
		},
		() => false,
	);
	await expect(tries).rejects.toThrow(DatabaseAway);
});
