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
