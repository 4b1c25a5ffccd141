import { expect, it } from "vitest";
import { Undo } from "./undo.ts";

it("a part that could not stop kept the rest from stopping, and the database running", async () => {
	const stopped: string[] = [];
	const complaints: unknown[] = [];
	const undo = new Undo();
	undo.log = { error: (facts: unknown) => void complaints.push(facts) };
	undo.push(() => stopped.push("database"));
	undo.push(async () => {
		throw new Error("the database does not answer");
	});
	undo.push(() => stopped.push("sockets"));
	await undo.run();
	expect(stopped).toEqual(["sockets", "database"]);
	expect(complaints).toHaveLength(1);
});
