import type { CallbackView } from "@inlay/contract";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { CallbacksModel } from "./callbacks-model.ts";

it("a callback that was told of while the list was read was missing, and a cancelled one stood there", async () => {
	const answers: PromiseWithResolvers<unknown>[] = [];
	const get = () => {
		const answer = Promise.withResolvers<unknown>();
		answers.push(answer);
		return answer.promise;
	};
	const callbackNews = signal<CallbackView | undefined>(undefined);
	const model = new CallbacksModel({ session: { callbackNews, api: { get } } } as unknown as Workspace);
	const callback = (id: string, state = "scheduled") => ({ id, state, scheduledAt: id }) as CallbackView;
	callbackNews.value = callback("2");
	callbackNews.value = callback("1", "cancelled");
	answers[0]?.resolve({ entities: [callback("1"), callback("3")], total: 2 });
	await expect.poll(() => model.state.value).toBe("ready");
	expect(model.list.value.map(({ id }) => id)).toEqual(["2", "3"]);
	model.dispose();
});
