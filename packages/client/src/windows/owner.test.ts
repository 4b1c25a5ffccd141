import { expect, it } from "vitest";
import { isForPanel } from "./borrow.ts";
import { isSameDesk, ownerHash, readOwner, windowName, withPanel } from "./owner.ts";

const owner = { deployment: "d&1", agent: "a=1", panel: "p-1" };
const page = "https://inlay.example/crm/acme/interaction.html";
const none = { deployment: "acme", agent: "", panel: undefined };

it("a window's address and name say whose it is, and which panel works in it by now", () => {
	const address = `${page}#${ownerHash(owner)}&url=https://a.example/?agent=b#/interaction/c?panels=script`;
	expect(readOwner(address)).toEqual(owner);
	expect(readOwner(withPanel(address, "p-2"))).toEqual({ ...owner, panel: "p-2" });
	expect(withPanel(address, "p-2").split("&url=")[1]).toBe(address.split("&url=")[1]);
	expect(windowName("phone", owner)).not.toBe(windowName("phone", { ...owner, panel: "p-2" }));
	expect(windowName("phone", owner)).not.toBe(windowName("interaction", owner));
});

it("a frame that the host's page has made is nobody's, but of its deployment", () => {
	const foreign = `${page}#url=https://a.example/?deployment=x&agent=b&panel=p#/interaction/c`;
	expect([page, foreign].map(readOwner)).toEqual([none, none]);
	expect(withPanel(foreign, "p-2")).toBe(foreign);
	expect(readOwner(`https://inlay.example/crm/interaction.html?deployment=d`).deployment).toBe("d");
	expect([isSameDesk(none, { ...owner, deployment: "acme" }), isSameDesk(none, owner)]).toEqual([true, false]);
});

it("asked every panel of the page: only its own answers, or any of the agent's where that one is silent", () => {
	const answers = (asked: object, isTaken = true) => isForPanel({ ...owner, ...asked }, owner, () => isTaken);
	expect(answers({}, false)).toBe(true);
	for (const other of [{ panel: "p-2" }, { agent: "a2" }, { deployment: "d2" }, { agent: "a2", panel: undefined }])
		expect(answers(other), JSON.stringify(other)).toBe(false);
	expect([answers({ panel: undefined }), answers({ panel: undefined }, false)]).toEqual([true, false]);
});
