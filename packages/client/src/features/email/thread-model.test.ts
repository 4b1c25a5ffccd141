import { expect, it } from "vitest";
import type { MailPage } from "./mail.ts";
import { ThreadModel } from "./thread-model.ts";

const page = (ids: string, hasMore: boolean) =>
	({ our: "us", their: "them", entities: [...ids].map((id) => ({ id })), hasMore }) as unknown as MailPage;

/** A server whose answers come when they are told to. */
function server() {
	const asked: Array<{ before: string | null; answer: (page: MailPage) => void }> = [];
	const get = (path: string) =>
		new Promise<MailPage>((answer) => {
			asked.push({ before: new URL(path, "http://x").searchParams.get("before"), answer });
		});
	const model = new ThreadModel({ get: get as never }, "c");
	const shown = () => model.shown.value?.entities.map(({ id }) => id).join("");
	return { asked, model, shown };
}

it("older mails that had been opened vanished when a new one came", async () => {
	const { asked, model, shown } = server();
	const first = model.load();
	asked[0]?.answer(page("cd", true));
	await first;
	const older = model.older();
	expect(asked[1]?.before).toBe("c");
	asked[1]?.answer(page("ab", false));
	await older;
	const next = model.load();
	asked[2]?.answer(page("cde", true));
	await next;
	expect([shown(), model.shown.value?.hasMore]).toEqual(["abcde", false]);
});

it("a new mail was not shown where older ones were asked for at that moment", async () => {
	const { asked, model, shown } = server();
	const first = model.load();
	asked[0]?.answer(page("cd", true));
	await first;
	const both = [model.load(), model.older()];
	asked[1]?.answer(page("cde", true));
	asked[2]?.answer(page("ab", false));
	await Promise.all(both);
	expect(shown()).toBe("abcde");
});
