import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { ThreadMessage } from "../../session/message-thread.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { ComposerModel } from "./composer-model.ts";

const call = { id: "c", communicationId: "m", participantId: "p", source: {} } as unknown as LiveInteraction;
const message = (id: string, text: string, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
	...{ id, text, direction: "outbound", status: "sent", automatic: false, at: "2026-03-01T10:00:00.000Z" },
	...more,
});

/** A desk that outlives the pages, and a way to the server that loses answers. */
function agent() {
	const keys: (string | undefined)[] = [];
	const paths: string[] = [];
	let kept: unknown;
	let failure: ApiError | undefined = new ApiError(0, {});
	/** What the server has of responses; undefined: it does not say. */
	let offered: Readonly<Record<string, readonly string[]>> | undefined;
	let refuses: (path: string, body: unknown) => ApiError | undefined = () => undefined;
	const busy = signal<ReadonlySet<string>>(new Set());
	const request = async (_method: string, path: string, body: unknown, { key }: { key?: string } = {}) => {
		keys.push(key);
		paths.push(path);
		const refused = failure ?? refuses(path, body);
		if (refused) throw refused;
	};
	const get = async (path: string) => {
		const files = offered?.[path.split("/").at(-1) ?? ""];
		if (!files) throw new ApiError(offered ? 404 : 0, {});
		return { assets: files.map((id) => ({ id })) };
	};
	const desk = {
		read: () => kept,
		write: (_id: string, _section: string, value: unknown) => {
			kept = JSON.parse(JSON.stringify(value));
		},
		follow: () => () => {},
	};
	const workspace = {
		...{ busy, describe: () => "No answer.", session: { desk, api: { request, get } } },
		attempt: async (_key: string, work: () => Promise<void>) => work().then(() => true),
	} as unknown as Workspace;
	return {
		...{ keys, paths },
		kept: () => kept,
		fails: (how: ApiError | undefined) => {
			failure = how;
		},
		offers: (what: typeof offered) => {
			offered = what;
		},
		refusing: (how: typeof refuses) => {
			refuses = how;
		},
		loads: () => new ComposerModel(workspace, call),
	};
}

describe("files of a response that was put in", () => {
	const file = (name: string) => ({ id: name, name, size: 9 });
	const response = (...names: string[]) => ({ id: "r", text: "Here it is", open: [], files: names.map(file) });

	it("were lost with the page, or came twice, or stayed behind the text that they belong to", async () => {
		const { loads, fails, keys, paths } = agent();
		const before = loads();
		before.takesFiles.value = true;
		before.brought.bring(response("a.pdf", "b.pdf", "c.docx"));
		before.brought.bring(response("a.pdf"));
		expect(before.brought.files.value.map(({ name }) => name)).toEqual(["a.pdf", "b.pdf"]);
		before.write("Here it is");
		const after = loads();
		expect(after.brought.files.value).toEqual(before.brought.files.value);
		expect(await after.send(call)).toBe(false);
		fails(undefined);
		expect(await after.send(call)).toBe(true);
		const [text, again, first, second] = keys;
		const own = before.brought.files.value.map(({ key }) => key);
		expect([text === again, first?.startsWith(`${own[0]}.`), second?.startsWith(`${own[1]}.`)]).toEqual([
			...[true, true, true],
		]);
		expect(paths.map((path) => path.split("/").at(-1))).toEqual([
			...["messages", "messages", "responsefiles", "responsefiles"],
		]);
		expect([after.text.value, after.brought.files.value]).toEqual(["", []]);
		expect(await after.send(call)).toBe(false);
	});

	it("was asked for by the key of another part of the conversation, and refused for ever", async () => {
		const { loads, fails, keys } = agent();
		const model = loads();
		model.brought.bring(response("a.pdf"));
		await model.send(call);
		await model.send(call);
		fails(undefined);
		await model.send({ ...call, communicationId: "m2" } as LiveInteraction);
		expect(keys[0]).toBe(keys[1]);
		expect(keys[2]).not.toBe(keys[0]);
	});

	it("had gone meanwhile: the text that promises them went, and everything stayed behind one refusal", async () => {
		const { loads, fails, offers, paths } = agent();
		fails(undefined);
		offers({ r: ["b.pdf"] });
		const model = loads();
		model.brought.bring(response("a.pdf", "b.pdf"));
		model.write("Here it is");
		expect(await model.send(call)).toBe(false);
		expect([model.text.value, model.brought.gone.value, paths]).toEqual(["Here it is", ["a.pdf"], []]);
		expect(await model.send(call)).toBe(true);
		expect(paths.map((path) => path.split("/").at(-1))).toEqual(["messages", "responsefiles"]);
		expect([model.brought.files.value, model.brought.gone.value]).toEqual([[], []]);
		offers({});
		model.brought.bring(response("a.pdf"));
		model.write("Here it is");
		expect(await model.send(call)).toBe(false);
		expect(model.brought.gone.value).toEqual(["a.pdf"]);
	});

	it("were refused one by one: the others waited behind the first, which nobody named", async () => {
		const { loads, fails, refusing } = agent();
		fails(undefined);
		const gone = new ApiError(404, { messageParams: { entityName: "response asset" } });
		const off = new ApiError(400, { code: "message.file.type" });
		refusing((_, body) => ({ "a.pdf": gone, "b.pdf": off })[(body as { assetId: string }).assetId]);
		const model = loads();
		model.brought.bring(response("a.pdf", "b.pdf", "c.pdf"));
		expect(await model.send(call)).toBe(true);
		const { files, gone: lost, left } = model.brought;
		expect([files.value, lost.value, left.value, model.refused.value]).toEqual([[], ["a.pdf"], ["b.pdf"], undefined]);
		refusing(() => new ApiError(403, {}));
		model.brought.bring(response("d.pdf"));
		expect(await model.send(call)).toBe(false);
		expect(model.brought.files.value.map(({ name }) => name)).toEqual(["d.pdf"]);
	});

	it("was sent though it had been taken out while another one was on its way", async () => {
		const { loads, fails, refusing, paths } = agent();
		fails(undefined);
		const model = loads();
		model.brought.bring(response("a.pdf", "b.pdf"));
		refusing(() => {
			model.brought.drop("b.pdf");
			return undefined;
		});
		expect(await model.send(call)).toBe(true);
		expect(paths).toHaveLength(1);
	});

	it("were turned away before anybody knew whether the channel takes files", () => {
		const model = agent().loads();
		model.brought.bring(response("a.pdf"));
		model.shows([], true);
		expect([model.brought.files.value.length, model.brought.left.value]).toEqual([1, []]);
		model.shows([], false);
		expect([model.brought.files.value.length, model.brought.left.value]).toEqual([0, ["a.pdf"]]);
	});

	it("that the channel does not take were told of beside another text, and after it was sent", async () => {
		const { loads, fails } = agent();
		fails(undefined);
		const model = loads();
		const put = () => {
			model.write("Here it is");
			model.brought.bring(response("c.docx"));
			expect(model.brought.left.value).toEqual(["c.docx"]);
		};
		put();
		model.write("Here it is, Tom");
		expect(model.brought.left.value).toEqual(["c.docx"]);
		model.write("No");
		expect(model.brought.left.value).toEqual([]);
		put();
		await model.send(call);
		expect(model.brought.left.value).toEqual([]);
	});

	it("that the channel does not take were put there all the same; what is left out is said by name", () => {
		const model = agent().loads();
		model.takesFiles.value = true;
		model.brought.bring(response("a.pdf", "c.docx"));
		expect(model.brought.left.value).toEqual(["c.docx"]);
		model.brought.drop("a.pdf");
		model.takesFiles.value = false;
		model.brought.bring(response("a.pdf"));
		expect([model.brought.files.value, model.brought.left.value]).toEqual([[], ["a.pdf"]]);
	});
});

describe("a message whose answer was lost", () => {
	it("was sent twice by the page that was loaded anew", async () => {
		const { loads, keys, fails, kept } = agent();
		const before = loads();
		before.write("It comes today");
		expect(await before.send(call)).toBe(false);
		fails(undefined);
		const after = loads();
		expect(after.text.value).toBe("It comes today");
		expect(await after.send(call)).toBe(true);
		expect(keys[0]).toEqual(expect.any(String));
		expect(keys).toEqual([keys[0], keys[0]]);
		expect([after.text.value, kept()]).toEqual(["", null]);
		after.write("It comes today");
		await after.send(call);
		expect(keys[2]).not.toBe(keys[0]);
	});

	it("stood in the field as not sent, and in the exchange as read", async () => {
		const { loads, kept } = agent();
		const model = loads();
		const older = [message("a", "Yes"), message("b", "Yes", { direction: "inbound" })];
		model.shows(older);
		model.write("Yes");
		await model.send(call);
		model.shows(older);
		expect([model.text.value, model.refused.value]).toEqual(["Yes", "No answer."]);
		const again = loads();
		again.shows([...older, message("c", "Yes")]);
		expect([again.text.value, again.refused.value, kept()]).toEqual(["", undefined, null]);
	});

	it("took another message, or one that is not shown any more, for what was tried", async () => {
		const { loads } = agent();
		const model = loads();
		model.shows([message("a", "Hello")]);
		model.write("Yes");
		await model.send(call);
		model.shows([message("a", "Hello"), message("b", "No")]);
		model.shows([message("x", "Yes")]);
		model.write("Yes, today");
		model.shows([message("a", "Hello"), message("b", "Yes")]);
		expect(model.text.value).toBe("Yes, today");
	});

	it("was offered to be sent again after the server had said that it was sent", async () => {
		const { loads, keys, fails, kept } = agent();
		const model = loads();
		model.write("It comes today");
		await model.send(call);
		fails(new ApiError(409, { code: "idempotency.answer.lost" }));
		expect(await model.send(call)).toBe(true);
		expect([model.text.value, model.refused.value, kept()]).toEqual(["", undefined, null]);
		expect(keys).toEqual([keys[0], keys[0]]);
	});

	it("had the key of one that was refused", async () => {
		const { loads, keys, fails } = agent();
		const model = loads();
		fails(new ApiError(409, {}));
		model.write("Hello");
		await model.send(call);
		await model.send(call);
		expect(keys[1]).not.toBe(keys[0]);
	});
});

describe("a draft that stands in two panels", () => {
	it("was sent twice by an Enter in each", async () => {
		const { loads, keys, fails } = agent();
		fails(undefined);
		loads().write("Yes, today");
		const [one, other] = [loads(), loads()];
		await Promise.all([one.send(call), other.send(call)]);
		expect(keys).toEqual([keys[0], keys[0]]);
		expect(keys[0]).toEqual(expect.any(String));
		one.write("Yes, today");
		await one.send(call);
		expect(keys[2], "said once more, it is another message").not.toBe(keys[0]);
	});

	it("another text of it is another message", async () => {
		const { loads, keys, fails } = agent();
		fails(undefined);
		loads().write("Yes");
		const [one, other] = [loads(), loads()];
		other.write("Yes, today");
		await Promise.all([one.send(call), other.send(call)]);
		expect(keys[1]).not.toBe(keys[0]);
	});
});
