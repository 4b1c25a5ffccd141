import { expect, it } from "vitest";
import { together } from "./together.ts";

/** A look-up whose questions are answered when the test says so. */
function world() {
	const questions: Array<PromiseWithResolvers<ReadonlyMap<string, string>> & { keys: readonly string[] }> = [];
	const find = together((keys: readonly string[]) => {
		const question = { keys, ...Promise.withResolvers<ReadonlyMap<string, string>>() };
		questions.push(question);
		return question.promise;
	});
	const asked = async (index: number) => {
		while (!questions[index]) await Promise.resolve();
		return questions[index];
	};
	return { find, questions, asked };
}

const all = (keys: readonly string[]) => new Map(keys.map((key) => [key, key.toUpperCase()]));

it("a thousand who came back at once asked a thousand questions", async () => {
	const { find, questions, asked } = world();
	const answers = Promise.all(Array.from({ length: 1000 }, (_, index) => find(`k${index}`)));
	for (let index = 0; index < 4; index++) {
		const { keys, resolve } = await asked(index);
		resolve(all(keys));
	}
	expect((await answers).slice(0, 2)).toEqual(["K0", "K1"]);
	expect(questions.map(({ keys }) => keys.length)).toEqual([250, 250, 250, 250]);
});

it("gives nobody an answer that is older than the asking", async () => {
	const { find, asked } = world();
	const early = find("a");
	const first = await asked(0);
	const late = find("a");
	first.resolve(new Map([["a", "old"]]));
	const second = await asked(1);
	second.resolve(new Map([["a", "new"]]));
	expect([await early, await late]).toEqual(["old", "new"]);
});

it("asks for a key once, whoever wants it, and tells all of them what there is not", async () => {
	const { find, asked } = world();
	const answers = Promise.all([find("a"), find("a"), find("b")]);
	const { keys, resolve } = await asked(0);
	resolve(new Map([["a", "A"]]));
	expect(keys).toEqual(["a", "b"]);
	expect(await answers).toEqual(["A", "A", undefined]);
});

it("a question that failed kept those after it waiting for ever", async () => {
	const { find, asked } = world();
	const failed = find("a");
	const first = await asked(0);
	const next = find("b");
	first.reject(new Error("away"));
	await expect(failed).rejects.toThrow("away");
	const second = await asked(1);
	second.resolve(all(second.keys));
	expect(await next).toBe("B");
});
