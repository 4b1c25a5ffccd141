import { serialize } from "pg-protocol";
import { expect, it } from "vitest";
import { Messages } from "./messages.ts";

it("a batch is what pg's own writer makes of it, byte for byte, however long its values", () => {
	const values = ["ü €", null, "", "x".repeat(200_000), "💡".repeat(9)];
	const messages = new Messages();
	for (const name of ["", "inlay-1"]) {
		messages.begin();
		messages.close(name);
		messages.parse(name, "select $1::text as ü");
		messages.describe();
		messages.execute();
		messages.sync();
		const expected = Buffer.concat([
			serialize.close({ type: "S", name }),
			serialize.parse({ name, text: "select $1::text as ü", types: [] }),
			serialize.describe({ type: "P" }),
			serialize.execute({}),
			serialize.sync(),
		]);
		expect(messages.take().equals(expected)).toBe(true);
	}
	messages.bind("inlay-1", values);
	const bound = messages.take();
	// pg's own says "all of it as text" by a list of one, this by none.
	const own = serialize.bind({ statement: "inlay-1", values });
	expect(bound.subarray(5, 5 + 9)).toEqual(own.subarray(5, 5 + 9));
	const [formats, result] = [2 + 2 * values.length, 2];
	expect(
		bound
			.subarray(16)
			.subarray(0, -2)
			.equals(own.subarray(14 + formats, -(result + 2))),
	).toBe(true);
});

it("what somebody left behind who could not finish is not sent with the next", () => {
	const messages = new Messages();
	messages.sync();
	messages.begin();
	messages.execute();
	expect(messages.take().equals(serialize.execute({}))).toBe(true);
	expect(messages.take()).toHaveLength(0);
});
