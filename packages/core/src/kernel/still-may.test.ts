import { expect, test } from "vitest";
import type { Trx } from "./database/database.ts";
import { createStillMay } from "./still-may.ts";

const inUse = new Set(["ada", "robot"]);
const stillMay = createStillMay({
	isActive: async (_trx, { userId, clientId = "" }) => inUse.has(userId ?? clientId),
	divisionsOfAll: async (_trx, ids) => (ids[0] === "ada" ? new Set(["home"]) : "all"),
});
const trx = {} as Trx;

test.each([
	["a user where the right is held", { userId: "ada", clientId: "robot" }, "home", true],
	["a user in a division to which the thing was moved", { userId: "ada", clientId: "robot" }, "north", false],
	["a user who was deactivated and keeps the role", { userId: "eve", clientId: "robot" }, "home", false],
	["a program", { clientId: "robot" }, "north", true],
	["a program that was disabled and keeps the role", { clientId: "old" }, "home", false],
	["nobody who is known", {}, "home", false],
])("what was asked for before was done for %s", async (_who, actor, division, may) => {
	expect(await stillMay(trx, actor, "outbound:contact:add", division)).toBe(may);
});
