import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import { Calls } from "./calls.ts";
import type { Workspace } from "./workspace.ts";

/** The parts of a workspace that end a call. */
function desk(refusal: ApiError | undefined, hasSound: boolean) {
	const ended: string[] = [];
	const workspace = {
		session: {
			actions: {
				async hangUp() {
					ended.push("server");
					if (refusal) throw refusal;
				},
			},
		},
		phone: {
			hangUp() {
				ended.push("phone");
				return hasSound;
			},
		},
	} as unknown as Workspace;
	return { ended, hangUp: () => new Calls(workspace).hangUp({ id: "c1" } as LiveInteraction) };
}

describe("ending a call", () => {
	const lacksRight = new ApiError(403, { code: "missing.permissions", message: "You may not." });

	it("an agent whose rights were taken in the call could not hang up: their phone does", async () => {
		const { ended, hangUp } = desk(lacksRight, true);
		await hangUp();
		expect(ended).toEqual(["server", "phone"]);
	});

	it("a refusal was swallowed where the panel has no sound to end", async () => {
		await expect(desk(lacksRight, false).hangUp()).rejects.toBe(lacksRight);
	});

	it("a server in trouble is no reason to hang up at the phone, which would end the call unheard of", async () => {
		const away = new ApiError(503, { code: "service.unavailable", message: "Later." });
		const { ended, hangUp } = desk(away, true);
		await expect(hangUp()).rejects.toBe(away);
		expect(ended).toEqual(["server"]);
	});
});

it("a number that cannot be called took the place of the text message that a script had begun meanwhile", async () => {
	const draft = signal<unknown>(undefined);
	const read = Promise.withResolvers<{ kind: "unreadable" }>();
	const view = signal("interactions");
	const numbers = { whenRead: () => read.promise };
	const calls = new Calls({ draft, view, numbers } as unknown as Workspace);
	const dialling = calls.dial({ type: "call", address: "(0) 12", attributes: {} });
	const text = { type: "sms", address: "+13175550123", attributes: {} };
	draft.value = text;
	read.resolve({ kind: "unreadable" });
	await expect(dialling).rejects.toThrow("(0) 12");
	expect([draft.value, view.value]).toEqual([text, "interactions"]);
	await expect(calls.dial({ type: "call", address: "(0) 12", attributes: {} })).rejects.toThrow();
	expect([draft.value, view.value]).toEqual([{ type: "call", address: "(0) 12", attributes: {} }, "new-interaction"]);
});
