import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { ComposerModel } from "./composer-model.ts";
import { LeftModel } from "./left-model.ts";
import type { MailDraft } from "./mail.ts";

const hadWindow = "window" in globalThis;
beforeEach(() => {
	if (!hadWindow) Object.assign(globalThis, { window: new EventTarget() });
});
afterEach(() => {
	if (!hadWindow) Reflect.deleteProperty(globalThis, "window");
});

/** A server with a draft, which may be away; as the real one it takes nothing back over what was begun. */
function server() {
	const said: string[] = [];
	const at = {
		isAway: false,
		refusesFiles: false,
		bodies: [] as object[],
		draft: { version: 0, text: "", subject: "", to: [], cc: [], bcc: [], attachments: [], mostBytes: 4 } as object,
	};
	const api = {
		get: async () => at.draft,
		request: async (_method: string, _path: string, body: { text: string; version: number }) => {
			if (at.isAway) throw new Error("away");
			said.push(`kept ${body.text}`);
			at.bodies.push(body);
			at.draft = { ...at.draft, ...body, version: body.version + 1 };
			return at.draft;
		},
		post: async (path: string) => {
			said.push(path.split("/").at(-1) ?? "");
			if (path.includes("/draft/attachments") && at.refusesFiles) throw new Error("email.size");
			if (path.endsWith("/attachments/response")) return at.draft;
			if (path.endsWith("/attachments")) {
				at.draft = { ...at.draft, attachments: [{ name: "note.txt" }] };
				return at.draft;
			}
			if ((at.draft as MailDraft).text !== "") throw new Error("email.notUndoable");
			at.draft = { ...at.draft, text: "sent before", version: 5 };
			return at.draft;
		},
	};
	const workspace = {
		session: { api, desk: { hasDrafts: signal(false) } },
		describe: String,
		attempt: (_key: string, work: () => Promise<unknown>) =>
			work().then(
				() => true,
				() => false,
			),
	} as unknown as Workspace;
	const model = new ComposerModel(workspace, { id: "c" } as LiveInteraction);
	return { said, at, model };
}

it("taking a mail back lost what had been written within the last second", async () => {
	const { said, at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	model.write("text", "And one thing more");
	await model.undo("m1");
	expect([said, model.fields.value?.text]).toEqual([["kept And one thing more", "undo"], "And one thing more"]);
	at.isAway = true;
	model.write("text", "And two");
	await model.undo("m1");
	expect([said.length, model.fields.value?.text, model.state.value]).toEqual([2, "And two", "unkept"]);
	at.isAway = false;
	model.write("text", "");
	await model.undo("m1");
	expect(model.fields.value?.text).toBe("sent before");
	model.dispose();
});

it("what could not be kept while the server was away was kept only with the next key, and went on saying so", async () => {
	const { said, at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	at.isAway = true;
	model.write("text", "Dear Ada");
	await model.keep();
	expect([model.state.value, model.why.value, model.refused.value]).toEqual([
		"unkept",
		new Error("away"),
		"Error: away",
	]);
	at.isAway = false;
	await model.again();
	expect([model.state.value, model.why.value, model.refused.value]).toEqual(["kept", undefined, undefined]);
	expect([said, model.fields.value?.text]).toEqual([["kept Dear Ada"], "Dear Ada"]);
	model.dispose();
});

it("what was typed in the last second before the end came after the card had asked what was left", async () => {
	const { said, at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	model.write("text", "Not lost");
	const selectedId = signal("c");
	const api = {
		get: async () => at.draft,
		post: async (path: string) => {
			said.push(path);
			return { conversationId: "next" };
		},
	};
	const attempt = (_key: string, work: () => Promise<void>) => work();
	const left = new LeftModel({ session: { api }, attempt, selectedId } as unknown as Workspace, "c");
	await left.load();
	expect(left.draft.value).toBeUndefined();
	model.dispose();
	await expect.poll(() => left.draft.value?.text).toBe("Not lost");
	await left.goOn();
	expect([said.at(-1), selectedId.value, left.draft.value]).toEqual([
		"/api/inlay/v1/conversations/emails/c/draft/resume",
		"next",
		undefined,
	]);
	left.dispose();
});

it("a file that was on its way when the email was ended was missing in what the card had left", async () => {
	const { at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	const left = new LeftModel({ session: { api: { get: async () => at.draft } } } as unknown as Workspace, "c");
	await left.load();
	const reading = Promise.withResolvers<void>();
	class Reader {
		onload: (() => void) | undefined;
		result = "data:text/plain;base64,aGk=";
		readAsDataURL() {
			void reading.promise.then(() => this.onload?.());
		}
	}
	Object.assign(globalThis, { FileReader: Reader });
	try {
		const adding = model.attach([new File(["hi"], "note.txt")]);
		model.dispose();
		await expect.poll(() => left.draft.value).toBeUndefined();
		reading.resolve();
		await adding;
		await expect.poll(() => left.draft.value?.attachments).toEqual([{ name: "note.txt" }]);
	} finally {
		Reflect.deleteProperty(globalThis, "FileReader");
		left.dispose();
	}
});

it("a signature that nobody has touched was fixed with the draft, and changed by its address no more", async () => {
	const { at, model } = server();
	at.draft = { ...at.draft, signature: "Your shop" };
	await model.load();
	expect(model.fields.value?.signature).toBe("Your shop");
	model.write("text", "Hello");
	await model.keep();
	expect(at.bodies.at(-1)).not.toHaveProperty("signature");
	model.write("signature", "Anna");
	await model.keep();
	expect(at.bodies.at(-1)).toMatchObject({ text: "Hello", signature: "Anna" });
	model.dispose();
});

it("the signature of whom an email came from was taken for the own words of who went on with it", async () => {
	const { at, model } = server();
	at.draft = { ...at.draft, signature: "Anna" };
	await model.load();
	model.write("text", "Hello");
	// The server says whose it is now, and the agent types on meanwhile.
	at.draft = { ...at.draft, signature: "Ben" };
	const kept = model.keep();
	await expect.poll(() => model.state.value).toBe("keeping");
	model.write("text", "Hello Carol");
	await kept;
	expect(model.fields.value).toMatchObject({ text: "Hello Carol", signature: "Ben" });
	await model.keep();
	expect(at.bodies.at(-1)).not.toHaveProperty("signature");
	model.dispose();
});

it("a signature that was set back while its edit was being kept came again", async () => {
	const { at, model } = server();
	at.draft = { ...at.draft, signature: "Anna" };
	await model.load();
	model.write("signature", "Anna!");
	const kept = model.keep();
	await expect.poll(() => model.state.value).toBe("keeping");
	model.write("signature", "Anna");
	await kept;
	expect(model.fields.value?.signature).toBe("Anna");
	await model.keep();
	expect(at.bodies.at(-1)).toMatchObject({ signature: "Anna" });
	model.dispose();
});

it("what was typed while another kind of answer was being made kept the subject and the people of the one before", async () => {
	const { at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	const carol = { email: "carol@x.example" };
	at.draft = { ...at.draft, kind: "Reply", subject: "Re: Order", to: [carol], cc: [carol] };
	await model.load();
	at.draft = { ...at.draft, subject: "Fwd: Order", to: [], cc: [] };
	const stop = model.state.subscribe((state) => {
		if (state === "keeping") model.write("to", "ben@x.example");
	});
	await model.choose("Forward");
	stop();
	expect(model.fields.value).toMatchObject({ to: "ben@x.example", cc: "", subject: "Fwd: Order" });
	model.dispose();
});

it("a mail went without the files that it could not carry, and what was said of them went with the next key", async () => {
	const { at, model } = server();
	await expect.poll(() => model.state.value).toBe("kept");
	const file = (name: string) => ({ id: name, name, size: 9 });
	at.refusesFiles = true;
	await model.bring({ id: "r", files: [file("a.exe"), file("b.pdf")] });
	model.write("text", "See the files");
	await model.keep();
	expect(model.notAttached.value).toEqual({ names: ["a.exe", "b.pdf"], why: "Error: email.size" });
	expect([model.asksForFiles(), model.isAsking.value]).toEqual([true, true]);
	at.refusesFiles = false;
	await model.bring({ id: "s", files: [file("b.pdf")] });
	expect(model.notAttached.value?.names).toEqual(["a.exe"]);
	model.leaveOut();
	expect([model.notAttached.value, model.asksForFiles(), model.isAsking.value]).toEqual([undefined, false, false]);
	await model.attach([new File(["hello"], "large.pdf")]);
	expect(model.notAttached.value?.names).toEqual(["large.pdf"]);
	model.dispose();
});
