import { expect, it } from "vitest";
import {
	type CallbackForm,
	callbackBodyOf,
	callbackFormOf,
	callbackNumbers,
	callbackProblems,
} from "./callback-form.ts";

const form = (change: Partial<CallbackForm> = {}): CallbackForm => ({
	...callbackFormOf({ mediaSettings: {} }),
	...change,
});
const everything = { callbackMode: "CustomerFirst", automatic: true, owned: true } as const;

it("a queue that says nothing is shown as the server takes it", () => {
	expect(callbackFormOf({ mediaSettings: {} })).toMatchObject({
		callbackMode: "AgentFirst",
		retries: "2",
		retrySeconds: "300",
		automatic: false,
		queueChoice: false,
		owned: false,
		afterOwner: "queue",
	});
	const kept = { callback: { mode: "CustomerFirst", maxRetryCount: 0, autoDialDelaySeconds: 0 } } as const;
	expect(callbackFormOf({ mediaSettings: kept })).toMatchObject({ retries: "0", dialSeconds: "0" });
});

it.each<[string, Partial<CallbackForm>, string[]]>([
	["retries", { callbackMode: "CustomerFirst" }, ["maxRetryCount", "retryDelaySeconds"]],
	["dialling by itself", { automatic: true }, ["autoDialDelaySeconds", "autoEndDelaySeconds"]],
	["agents' own callbacks", { owned: true }, ["maxOwnedCallbackHours", "maxOwnedCallbackDelayHours"]],
])("numbers of %s are sent where they are shown, and stay as they are where they are not", (_what, shown, names) => {
	const sent = (one: CallbackForm) => {
		const { settings, owned } = callbackBodyOf(one);
		return { ...settings, ...owned } as Record<string, unknown>;
	};
	for (const name of names) {
		expect(sent(form(shown))[name], name).toEqual(expect.any(Number));
		expect(sent(form()), name).not.toHaveProperty(name);
	}
});

it.each(Object.entries(callbackNumbers))(
	"%s is a whole number from the least to the most, where it is shown",
	(name, [least, most]) => {
		const problems = (value: string, shown: Partial<CallbackForm> = everything) => [
			...callbackProblems(form({ ...shown, [name]: value })),
		];
		for (const good of [least, most]) expect(problems(String(good)), String(good)).toEqual([]);
		for (const bad of [String(least - 1), String(most + 1), String(least + 0.5), "", "x", "1e9"])
			expect(problems(bad), bad).toEqual([name]);
		expect(problems("x", {}), "nobody can put right what nobody sees").toEqual([]);
	},
);
