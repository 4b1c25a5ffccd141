import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { SignatureModel } from "./signature-model.ts";

/** A server that answers a save when a test says so. */
async function opened(queues: object[], signature: string) {
	const saves: Array<{ body: { signature: string }; answer(): void }> = [];
	const api = {
		get: async (path: string) => (path.endsWith("/queues/me") ? { entities: queues } : { signature }),
		request: (_method: string, _path: string, body: { signature: string }) =>
			new Promise((resolve) => {
				saves.push({ body, answer: () => resolve({ signature: body.signature.trim() }) });
			}),
	};
	const workspace = {
		session: { api },
		toasts: { show: () => {} },
		attempt: (_key: string, work: () => Promise<unknown>) => work(),
	} as unknown as Workspace;
	const model = new SignatureModel(workspace);
	await model.load();
	return { model, saves };
}

it("what was typed while the signature was being saved was lost", async () => {
	const { model, saves } = await opened([{ id: "q" }], "Anna");
	model.text.value = " Anna A. ";
	const saved = model.save();
	model.text.value = "Anna A., Shop";
	saves[0]?.answer();
	await saved;
	expect([model.text.value, model.kept.value]).toEqual(["Anna A., Shop", "Anna A."]);
	const again = model.save();
	saves[1]?.answer();
	await again;
	expect([saves[1]?.body, model.text.value, model.kept.value]).toEqual([
		{ signature: "Anna A., Shop" },
		...["Anna A., Shop", "Anna A., Shop"],
	]);
});

it("whoever writes no emails and signs none has nothing to sign", async () => {
	expect((await opened([], "")).model.text.value).toBeUndefined();
	expect((await opened([], "Anna")).model.text.value).toBe("Anna");
});
