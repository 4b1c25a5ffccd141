import { expect, it } from "vitest";
import { type AskedThread, LintThread } from "./lint-thread.ts";

/** A thread that answers when the test says so. */
function threads() {
	const asked: string[] = [];
	const begun: Array<{ answer: (value: unknown) => void; fail: () => void }> = [];
	const begin = (): AskedThread => {
		const one = { answer: (_value: unknown) => {}, fail: () => {} };
		begun.push(one);
		return {
			postMessage: ({ source }) => void asked.push(source),
			onAnswer: (hear) => {
				one.answer = hear;
			},
			onFailure: (hear) => {
				one.fail = hear;
			},
			end: () => undefined,
		};
	};
	return { asked, begun, linter: new LintThread(begin) };
}

const isolation = (source: string) => ({ kind: "isolation", source }) as const;
const settled = (work: Promise<unknown>) =>
	work.then(
		(value) => value,
		(error: Error) => error.message,
	);

it("looks at one text at a time, and at what was typed over never", async () => {
	const { asked, begun, linter } = threads();
	const [first, second, third] = ["a", "ab", "abc"].map((source) => settled(linter.ask(isolation(source))));
	expect(asked).toEqual(["a"]);
	expect(await second).toBe("overtaken");
	begun[0]?.answer("first");
	expect(await first).toBe("first");
	expect(asked).toEqual(["a", "abc"]);
	begun[0]?.answer("third");
	expect(await third).toBe("third");
	expect(begun).toHaveLength(1);
});

it("goes on with a new thread when one has died", async () => {
	const { asked, begun, linter } = threads();
	const first = settled(linter.ask(isolation("a")));
	begun[0]?.fail();
	expect(await first).toBe("no answer");
	const second = settled(linter.ask(isolation("b")));
	begun[1]?.answer("b");
	expect([await second, asked]).toEqual(["b", ["a", "b"]]);
});
