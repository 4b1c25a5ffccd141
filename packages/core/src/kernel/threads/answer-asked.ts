import { parentPort } from "node:worker_threads";
import type { Asked, Told } from "./side-thread.ts";

/** The side thread's part, called once by its module: what throws is told as no answer. */
export function answerAsked<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
	parentPort?.on("message", async ({ id, question }: Asked<Question>) => {
		try {
			parentPort?.postMessage({ id, answer: await answer(question) } satisfies Told<Answer>);
		} catch (error) {
			parentPort?.postMessage({ id, error: String(error) } satisfies Told<Answer>);
		}
	});
}
